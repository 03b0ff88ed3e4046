// The one table of what the keyboard can do: menus, palette, help and shortcuts are made from it.
import type { Ability } from './api/generated';
import type { Messages } from './messages/types';

export type ActionId = keyof Messages['common']['actions'];
/** Where an action lives; the help groups by it. */
export type ActionScope = 'app' | 'list' | 'case' | 'mail' | 'intake' | 'documents';

export interface Action {
  id: ActionId;
  scope: ActionScope;
  /** "Ctrl+K", "?", "g c" (one key, then another), "Alt+ArrowUp"; none when only menus and the palette reach it. */
  keys?: string;
  /** Who may do it; absent for everybody. */
  ability?: Ability;
  /** Works while somebody types in a field. Single letters never do. */
  whileTyping?: boolean;
  /** Not offered in the palette: moving in a list, the palette itself. */
  silent?: boolean;
}

export const ACTIONS: readonly Action[] = [
  { id: 'palette', scope: 'app', keys: 'Ctrl+K', whileTyping: true, silent: true },
  { id: 'take_report', scope: 'app', keys: 'Ctrl+N', ability: 'take_report', whileTyping: true },
  { id: 'undo', scope: 'app', keys: 'Ctrl+Z' },
  { id: 'lock', scope: 'app', keys: 'Ctrl+L', whileTyping: true },
  { id: 'fold_nav', scope: 'app', keys: 'Ctrl+B', whileTyping: true },
  { id: 'help', scope: 'app', keys: '?' },
  { id: 'go_back', scope: 'app', keys: 'Alt+ArrowLeft', whileTyping: true },
  { id: 'go_today', scope: 'app', keys: 'g a' },
  { id: 'go_reports', scope: 'app', keys: 'g s' },
  { id: 'go_cases', scope: 'app', keys: 'g c' },
  { id: 'write_mail', scope: 'app', ability: 'prepare_document' },
  { id: 'go_mail', scope: 'app', keys: 'g m' },
  { id: 'go_keyring', scope: 'app', keys: 'g t' },
  { id: 'go_providers', scope: 'app', keys: 'g p' },
  { id: 'go_rules', scope: 'app' },
  { id: 'go_equality', scope: 'app' },
  { id: 'go_crisis', scope: 'app', keys: 'g k' },
  { id: 'go_documents', scope: 'app', keys: 'g d' },
  { id: 'go_verify', scope: 'app', keys: 'g v' },
  { id: 'go_rfc2350', scope: 'app', keys: 'g f' },
  { id: 'go_readiness', scope: 'app' },
  { id: 'go_team', scope: 'app', keys: 'g e' },
  { id: 'go_settings', scope: 'app', keys: 'g r' },
  { id: 'list_search', scope: 'list', keys: '/', silent: true },
  { id: 'list_next', scope: 'list', keys: 'ArrowDown', silent: true },
  { id: 'list_previous', scope: 'list', keys: 'ArrowUp', silent: true },
  { id: 'list_open', scope: 'list', keys: 'Enter', silent: true },
  { id: 'list_preview', scope: 'list', keys: 'Space', silent: true },
  { id: 'case_status', scope: 'case', keys: 's', ability: 'triage' },
  { id: 'case_assign', scope: 'case', keys: 'a', ability: 'take_report' },
  { id: 'case_fact', scope: 'case', keys: 'f', ability: 'take_report' },
  { id: 'case_note', scope: 'case', keys: 'n', ability: 'take_report' },
  { id: 'case_pdf', scope: 'case', keys: 'p', ability: 'prepare_document' },
  { id: 'case_write', scope: 'case', keys: 'e', ability: 'prepare_document' },
  { id: 'case_providers', scope: 'case', keys: 'o', ability: 'triage' },
  { id: 'case_previous', scope: 'case', keys: 'Alt+ArrowUp', whileTyping: true },
  { id: 'case_next', scope: 'case', keys: 'Alt+ArrowDown', whileTyping: true },
  { id: 'mail_write', scope: 'mail', keys: 'e', ability: 'prepare_document', silent: true },
  { id: 'mail_answer', scope: 'mail', keys: 'r', ability: 'prepare_document' },
  { id: 'mail_answer_all', scope: 'mail', keys: 'l', ability: 'prepare_document' },
  { id: 'mail_forward', scope: 'mail', keys: 't', ability: 'prepare_document' },
  { id: 'mail_file', scope: 'mail', keys: 'c', ability: 'take_report' },
  { id: 'mail_unread', scope: 'mail', keys: 'u' },
  { id: 'mail_fetch', scope: 'mail' },
  { id: 'mail_send', scope: 'mail', keys: 'Ctrl+Enter', ability: 'prepare_document', whileTyping: true },
  { id: 'outbox_send', scope: 'mail', ability: 'triage' },
  { id: 'intake_unknown', scope: 'intake', keys: 'Ctrl+J', whileTyping: true, silent: true },
  { id: 'intake_next', scope: 'intake', keys: 'Ctrl+Enter', whileTyping: true, silent: true },
  { id: 'intake_finish', scope: 'intake', keys: 'Ctrl+Shift+Enter', ability: 'take_report', whileTyping: true },
  { id: 'document_sign', scope: 'documents', keys: 's', ability: 'sign_document' },
  { id: 'document_return', scope: 'documents', keys: 'r', ability: 'sign_document' },
  { id: 'rfc2350_export', scope: 'documents' },
  { id: 'rfc2350_publish', scope: 'documents', ability: 'sign_document' },
];

export function action(id: ActionId): Action {
  const found = ACTIONS.find((known) => known.id === id);
  if (!found) throw new Error(`no action ${id}`);
  return found;
}

/** The keys as they are drawn: "Ctrl+K" gives ["Ctrl", "K"], "g c" gives ["G", "C"]. */
export function keyCaps(keys: string, names: Messages['common']['keys']): string[] {
  const arrows: Record<string, string> = { ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→' };
  return keys.split(/[+ ]/).map((key) => {
    if (key in names) return names[key as keyof typeof names];
    return arrows[key] ?? key.toLocaleUpperCase();
  });
}

/** What of a keyboard event decides. */
export interface Press {
  key: string;
  ctrlKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  metaKey: boolean;
}

/** The press in the table's own writing. A shifted printable key keeps its sign: "?" and not "Shift+,". */
export function written(press: Press): string {
  const key = press.key === ' ' ? 'Space' : press.key;
  const printable = [...key].length === 1;
  const held = press.ctrlKey || press.metaKey || press.altKey;
  const parts: string[] = [];
  if (press.ctrlKey || press.metaKey) parts.push('Ctrl');
  if (press.altKey) parts.push('Alt');
  if (press.shiftKey && !printable) parts.push('Shift');
  parts.push(printable ? (held ? key.toUpperCase() : key.toLowerCase()) : key);
  return parts.join('+');
}

/** The actions that a press means, after an earlier one if it opens a sequence. */
export function meant(keys: string, after: string | null, typing: boolean): Action[] {
  const wanted = after === null ? keys : `${after} ${keys}`;
  return ACTIONS.filter((known) => known.keys === wanted && (!typing || known.whileTyping === true));
}

/** Whether a press may be the first of two. */
export function opensSequence(keys: string): boolean {
  return ACTIONS.some((known) => known.keys?.startsWith(`${keys} `) === true);
}
