// One honest sentence for what protects a mail, made from encryption, signature and warnings: never more than is true.
import type { Encryption, KeyTrust, MailRow, MailView, SignatureStatus, Warning } from '$lib/api/generated';

/** What is said of a mail; each has sentences of its own. */
export type StatusCode =
  | 'sealed' | 'sealed_seen' | 'signed' | 'signed_seen' | 'doubtful' | 'passed_on' | 'key_changed' | 'key_refused'
  | 'bad' | 'weak' | 'unknown_key' | 'expired_key' | 'revoked_key' | 'mismatch' | 'not_for_signing' | 'out_of_time' | 'unsupported'
  | 'encrypted' | 'partial' | 'plain'
  | 'no_key' | 'mail_key_absent' | 'tampered' | 'no_integrity' | 'cipher_unsupported' | 'unreadable'
  | 'sent_sealed' | 'sent_signed' | 'sent_encrypted' | 'sent_plain';

export type StatusTone = 'success' | 'info' | 'warning' | 'danger';

export interface MailStatus {
  code: StatusCode;
  /** Success means: the sender's own key signed this very message, and somebody compared its fingerprint. */
  tone: StatusTone;
  /** How much was encrypted, where the code itself does not say it. */
  encryption: Encryption | null;
  /** What else a reader should know. */
  notes: Warning[];
}

/** What the status reads of a mail. */
export type Judged = Pick<MailView, 'sent' | 'encryption' | 'warnings'> & {
  signature: { status: SignatureStatus };
  sender_trust: KeyTrust | null;
};

/** Warnings under which even a signature that holds is not green. */
const DOUBTS: readonly Warning[] = ['sender_differs', 'several_senders', 'malformed', 'repeated_header', 'name_of_another', 'signed_at_another_time'];
/** Warnings of what deceives: a mail that nothing proves is not merely plain then. */
const DECEITS: readonly Warning[] = ['sender_differs', 'subject_differs', 'several_senders', 'reply_elsewhere', 'name_looks_like_address', 'deceptive_name', 'name_of_another'];
/** Why nothing of an encrypted mail can be shown, the nearest cause first. */
const UNREADABLE: readonly (Warning & StatusCode)[] = ['tampered', 'no_integrity', 'cipher_unsupported', 'mail_key_absent'];
const TONES: Record<StatusCode, StatusTone> = {
  sealed: 'success', sealed_seen: 'info', signed: 'success', signed_seen: 'info',
  doubtful: 'warning', passed_on: 'warning', key_changed: 'warning', key_refused: 'danger',
  bad: 'danger', weak: 'danger', unknown_key: 'warning', expired_key: 'warning', revoked_key: 'danger', mismatch: 'danger',
  not_for_signing: 'warning', out_of_time: 'warning', unsupported: 'warning',
  encrypted: 'info', partial: 'warning', plain: 'info',
  no_key: 'warning', mail_key_absent: 'warning', tampered: 'danger', no_integrity: 'danger', cipher_unsupported: 'warning', unreadable: 'warning',
  sent_sealed: 'success', sent_signed: 'info', sent_encrypted: 'info', sent_plain: 'info',
};
/** Codes that say themselves how much was encrypted. */
const SAYS_ENCRYPTION: readonly StatusCode[] = ['sealed', 'sealed_seen', 'encrypted', 'partial', 'plain'];
/** Warnings that a code has told already. */
const TOLD: Partial<Record<StatusCode, readonly Warning[]>> = {
  passed_on: ['not_meant_for_us'], revoked_key: ['key_revoked'], not_for_signing: ['key_not_for_signing'],
  out_of_time: ['signature_out_of_time'], unsupported: ['signature_unsupported'], no_key: ['no_key_opens'],
  mail_key_absent: ['mail_key_absent'], tampered: ['tampered'], no_integrity: ['no_integrity'],
  cipher_unsupported: ['cipher_unsupported'],
};

/** Whether the protection of a mail leaves its subject out, which must be said beside it. */
export function subjectOpen(mail: Pick<MailView, 'encryption' | 'subject_protected'> & Pick<Judged, 'signature'>): boolean {
  const isProtected = mail.encryption !== 'none' || mail.signature.status !== 'none';
  return isProtected && mail.encryption !== 'failed' && !mail.subject_protected;
}

/** What a row of a list reads of a mail: the same judgement as the reader's. */
export function statusOfRow(row: MailRow): MailStatus {
  return statusOf({ ...row, signature: { status: row.signature } });
}

/** Whether the name of a sender says less than the address, which then stands in its place. */
export function hidesAddress(row: Pick<MailRow, 'warnings'>): boolean {
  return row.warnings.includes('name_of_another') || row.warnings.includes('name_looks_like_address');
}

export function statusOf(mail: Judged): MailStatus {
  const code = codeOf(mail);
  const closed = mail.encryption === 'failed';
  const told = TOLD[code] ?? [];
  return {
    code,
    tone: TONES[code] === 'info' && !mail.sent && DECEITS.some((warning) => mail.warnings.includes(warning)) ? 'warning' : TONES[code],
    encryption: mail.sent || closed || SAYS_ENCRYPTION.includes(code) ? null : mail.encryption,
    notes: mail.warnings.filter((warning) => !told.includes(warning)),
  };
}

function codeOf(mail: Judged): StatusCode {
  const warned = (warning: Warning) => mail.warnings.includes(warning);
  if (mail.sent) return sentCode(mail);
  if (mail.encryption === 'failed') {
    if (warned('no_key_opens') && !warned('mail_key_absent')) return 'no_key';
    return UNREADABLE.find(warned) ?? 'unreadable';
  }
  switch (mail.signature.status) {
    case 'good':
      return goodCode(mail, warned);
    case 'bad':
      if (warned('key_not_for_signing')) return 'not_for_signing';
      if (warned('signature_out_of_time')) return 'out_of_time';
      return warned('signature_unsupported') ? 'unsupported' : 'bad';
    case 'weak':
      return 'weak';
    case 'unknown-key':
      return warned('signature_unsupported') ? 'unsupported' : 'unknown_key';
    case 'expired-key':
      return warned('key_revoked') ? 'revoked_key' : 'expired_key';
    case 'mismatch':
      return 'mismatch';
    case 'none':
      if (warned('signature_unsupported')) return 'unsupported';
      return mail.encryption === 'full' ? 'encrypted' : mail.encryption === 'partial' ? 'partial' : 'plain';
  }
}

function goodCode(mail: Judged, warned: (warning: Warning) => boolean): StatusCode {
  if (mail.sender_trust === 'refused') return 'key_refused';
  if (mail.sender_trust === 'to_verify_again') return 'key_changed';
  if (warned('not_meant_for_us')) return 'passed_on';
  if (DOUBTS.some(warned)) return 'doubtful';
  const verified = mail.sender_trust === 'verified';
  if (mail.encryption === 'full') return verified ? 'sealed' : 'sealed_seen';
  return verified ? 'signed' : 'signed_seen';
}

function sentCode(mail: Judged): StatusCode {
  const signed = mail.signature.status === 'good';
  if (mail.encryption === 'full') return signed ? 'sent_sealed' : 'sent_encrypted';
  return signed ? 'sent_signed' : 'sent_plain';
}
