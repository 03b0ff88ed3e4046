// A subject without the marks that stand beside it on the screen anyway.
import type { MailView } from '$lib/api/generated';

type Marked = Pick<MailView, 'subject' | 'urgent' | 'tlp'> & { case: { reference: string } | null };

/** Takes away « [URGENT] », the marking and the reference, each only where the host has read the same. */
export function bareSubject({ subject, urgent, tlp, case: about }: Marked): string {
  const marks = [...(urgent ? ['URGENT'] : []), ...(tlp ? [tlp] : []), ...(about ? [about.reference] : [])].map((mark) => `[${mark}]`.toUpperCase());
  const bare = subject.replace(/\[[^[\]]*\]\s*/g, (bracket) => (marks.includes(bracket.trim().toUpperCase()) ? '' : bracket)).trim();
  return bare === '' ? subject : bare;
}
