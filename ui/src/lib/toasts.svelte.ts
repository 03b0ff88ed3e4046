// Passing notices, and the way back from what was just done.
import { api } from './api/client';
import type { Done } from './api/generated';
import { changes } from './changes.svelte';
import { sentence } from './errors';
import { t } from './messages/index.svelte';

export type Tone = 'info' | 'success' | 'warning' | 'danger';

export interface Toast {
  id: number;
  tone: Tone;
  text: string;
  /** The button beside the text. */
  action: { label: string; run: () => void } | null;
}

/** How long a notice stays, milliseconds; one with a button or an error stays longer. */
const STAY = 5_000;
const STAY_LONG = 10_000;
const MOST = 4;

class Toasts {
  list = $state.raw<readonly Toast[]>([]);
  private next = 1;
  /** Entries that were written together, and are taken back together. */
  private undoable: (readonly string[])[] = [];

  /** `stay` is how long it can be acted on, milliseconds, where that is known. */
  show(text: string, tone: Tone = 'info', action: Toast['action'] = null, stay: number | null = null): void {
    const id = this.next++;
    this.list = [...this.list, { id, tone, text, action }].slice(-MOST);
    setTimeout(() => this.close(id), stay ?? (action || tone === 'danger' ? STAY_LONG : STAY));
  }

  close(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }

  /** Something was written, at once or in several entries: says so and offers to take it back. */
  done(text: string, written: readonly Done[]): void {
    const entries = written.map((done) => done.entry).filter((entry) => entry !== '');
    changes.happened();
    if (entries.length === 0) return;
    this.undoable.push(entries);
    this.show(text, 'success', { label: t.common.undo, run: () => void this.undo(entries) });
  }

  /** Something was refused. */
  failed(error: unknown): void {
    this.show(sentence(error), 'danger');
  }

  /** Takes entries back, the last one first, or what was written last (Ctrl+Z). */
  async undo(entries: readonly string[] | undefined = this.undoable.at(-1)): Promise<void> {
    if (entries === undefined) return;
    this.undoable = this.undoable.filter((known) => !known.some((entry) => entries.includes(entry)));
    try {
      for (const entry of entries.toReversed()) await api.undo(entry);
      this.show(t.common.undone, 'info');
    } catch (error) {
      this.failed(error);
    }
    changes.happened();
  }

  /** At locking: what was shown and what could be undone is forgotten. */
  clear(): void {
    this.list = [];
    this.undoable = [];
  }
}

export const toasts = new Toasts();
