// Beginning a mail from wherever one stands: the host makes the draft, the composer opens it.
import { api } from '$lib/api/client';
import type { Address, Following, Follows, MailDraft, MailView } from '$lib/api/generated';
import { changes } from '$lib/changes.svelte';
import { t } from '$lib/messages/index.svelte';
import { router } from '$lib/router.svelte';
import { session } from '$lib/session.svelte';
import { toasts } from '$lib/toasts.svelte';

/** Why this person writes no mail; null when they do. */
export function writingBlocked(): string | null {
  return session.may('prepare_document') ? null : t.cases.needsAbility(t.words.ability.prepare_document);
}

export interface Beginning {
  /** The case. */
  about?: string | null;
  template?: string | null;
  /** The mail that is answered or handed on. */
  follows?: Following | null;
  /** What stands in it from the start. */
  begin?: (draft: MailDraft) => Partial<MailDraft>;
}

/** Drafts that were just begun: what stands in them is the host's, until somebody writes. */
const fresh = new Set<string>();

/** Whether it was just begun with nothing of anybody's in it. */
export function isFresh(id: string): boolean {
  return fresh.has(id);
}

/** It is somebody's now, or nobody's. */
export function noLongerFresh(id: string): void {
  fresh.delete(id);
}

/** Makes a draft and opens it; says so when it was refused. */
export async function write({ about = null, template = null, follows = null, begin }: Beginning): Promise<void> {
  try {
    const made = await api.mailDraftNew(about, template, follows);
    if (begin) await api.mailDraftSave(made.id, { ...made.draft, ...begin(made.draft) });
    else if (template === null) fresh.add(made.id);
    changes.happened();
    router.go({ screen: 'compose', draft: made.id });
  } catch (error) {
    toasts.failed(error);
  }
}

function follow(mail: MailView, how: Follows): Promise<void> {
  return write({ about: mail.case?.id ?? null, follows: { mail: mail.id, how } });
}

export function answer(mail: MailView): Promise<void> {
  return follow(mail, 'answer');
}

export function answerAll(mail: MailView): Promise<void> {
  return follow(mail, 'answer_all');
}

export function forward(mail: MailView): Promise<void> {
  if (mail.attachments.length > 0) toasts.show(t.mail.forward.noFiles, 'info');
  return follow(mail, 'forward');
}

/** Whether an answer to all goes to more people than an answer: somebody else than its writer and the team got it. */
export function hasOthers(mail: Pick<MailView, 'from' | 'to' | 'cc'>, own: string): boolean {
  const known = [own.toLowerCase(), mail.from.mail.toLowerCase()];
  return [...mail.to, ...mail.cc].some((address: Address) => !known.includes(address.mail.toLowerCase()));
}

/** Whether nobody has written anything yet: such a draft is not kept. */
export function isBlank(draft: MailDraft): boolean {
  return (
    draft.answers === null && draft.forwards === null && draft.template === '' && draft.attachments.length === 0 && draft.subject.trim() === '' && draft.text.trim() === '' &&
    draft.to.length + draft.cc.length + draft.bcc.length === 0
  );
}
