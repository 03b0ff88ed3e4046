// Keeps a field within its limit, also when ten megabytes are pasted into it: the surplus never reaches the page.
import type { Attachment } from 'svelte/attachments';

/** Longest answer of one line, characters; the host refuses more. */
export const LINE_LIMIT = 300;

type Field = HTMLInputElement | HTMLTextAreaElement;

/** Cuts what goes beyond `limit`, and tells how much was left out (0 once all fits again). */
export function limited(limit: number, told: (left: number) => void): Attachment<Field> {
  return (field) => {
    function paste(event: Event) {
      const pasted = (event as ClipboardEvent).clipboardData?.getData('text/plain') ?? '';
      const start = field.selectionStart ?? field.value.length;
      const end = field.selectionEnd ?? start;
      const room = Math.max(0, limit - (field.value.length - (end - start)));
      if (pasted.length <= room) return;
      event.preventDefault();
      const cut = cutAt(pasted, room);
      field.setRangeText(cut.kept, start, end, 'end');
      field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste' }));
      told(cut.left);
    }
    function input(event: Event) {
      const cut = cutAt(field.value, limit);
      if (cut.left > 0) {
        field.value = cut.kept;
        told(cut.left);
      } else if ((event as InputEvent).inputType !== 'insertFromPaste') {
        told(0);
      }
    }
    // Before the handlers of the field itself, so that they read the text as it stays.
    field.addEventListener('paste', paste, true);
    field.addEventListener('input', input, true);
    return () => {
      field.removeEventListener('paste', paste, true);
      field.removeEventListener('input', input, true);
    };
  };
}

/** A pasted or typed text against the limit of its field. */
export interface Cut {
  kept: string;
  /** Characters left out; 0 when all was kept. */
  left: number;
}

/** Keeps what a field may hold. Counts UTF-16 units, which is never more generous than the host; splits no character. */
export function cutAt(text: string, limit: number): Cut {
  if (text.length <= limit) return { kept: text, left: 0 };
  const half = text.charCodeAt(limit - 1);
  const end = half >= 0xd800 && half <= 0xdbff ? limit - 1 : limit;
  return { kept: text.slice(0, end), left: text.length - end };
}
