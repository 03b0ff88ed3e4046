// Beginning a mail from wherever one stands: the host makes the draft, the composer opens it.
import { api } from '$lib/api/client';
import type { MailDraft, MailView } from '$lib/api/generated';
import { changes } from '$lib/changes.svelte';
import { dateTime } from '$lib/format';
import { strictest } from '$lib/marking.svelte';
import { speech, t } from '$lib/messages/index.svelte';
import { router } from '$lib/router.svelte';
import { session } from '$lib/session.svelte';
import { toasts } from '$lib/toasts.svelte';
import { called } from './recipients';

/** Why this person writes no mail; null when they do. */
export function writingBlocked(): string | null {
  return session.may('prepare_document') ? null : t.cases.needsAbility(t.words.ability.prepare_document);
}

export interface Beginning {
  /** The case. */
  about?: string | null;
  template?: string | null;
  /** The mail that is answered. */
  answers?: string | null;
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
export async function write({ about = null, template = null, answers = null, begin }: Beginning): Promise<void> {
  try {
    const made = await api.mailDraftNew(about, template, answers);
    if (begin) await api.mailDraftSave(made.id, { ...made.draft, ...begin(made.draft) });
    else if (template === null) fresh.add(made.id);
    changes.happened();
    router.go({ screen: 'compose', draft: made.id });
  } catch (error) {
    toasts.failed(error);
  }
}

export function answer(mail: MailView): Promise<void> {
  return write({ about: mail.case?.id ?? null, answers: mail.id });
}

export function forward(mail: MailView): Promise<void> {
  if (mail.attachments.length > 0) toasts.show(t.mail.forward.noFiles, 'info');
  return write({ about: mail.case?.id ?? null, begin: (draft) => forwarded(mail, draft) });
}

/** A mail handed on. What came encrypted is marked so that it never leaves in clear unless somebody decides it. */
export function forwarded(mail: MailView, draft: MailDraft): Partial<MailDraft> {
  const words = t.mail.reader;
  const colon = t.cases.colon;
  const floor = mail.encryption === 'none' ? draft.tlp : 'TLP:AMBER';
  const people = (all: MailView['to']) => all.map((address) => (address.name ? `${address.name} <${address.mail}>` : address.mail)).join(', ');
  const lines = [
    '', '', t.mail.forward.begin,
    `${words.from}${colon}${people([mail.from])}`,
    `${words.at}${colon}${dateTime(mail.at, speech.language)}`,
    `${words.to}${colon}${people(mail.to)}`,
    `${words.subject}${colon}${mail.subject}`,
    ...(mail.attachments.length > 0 ? [t.mail.forward.files(mail.attachments.map((each) => each.reading.name).join(', '))] : []),
    '',
    ...mail.text.map((run) => (run.depth === 0 ? run.text : run.text.replace(/^/gm, `${'>'.repeat(run.depth)} `))),
  ];
  return {
    subject: t.mail.forward.subject(mail.subject || called(mail.from)),
    tlp: strictest([draft.tlp, floor, ...(mail.tlp ? [mail.tlp] : [])]) ?? draft.tlp,
    text: lines.join('\n'),
  };
}

/** Whether nobody has written anything yet: such a draft is not kept. */
export function isBlank(draft: MailDraft): boolean {
  return (
    draft.answers === null && draft.template === '' && draft.attachments.length === 0 && draft.subject.trim() === '' && draft.text.trim() === '' &&
    draft.to.length + draft.cc.length + draft.bcc.length === 0
  );
}
