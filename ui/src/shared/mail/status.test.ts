import { describe, expect, it } from 'vitest';
import type { Encryption, MailRow, SignatureStatus, Warning } from '$lib/api/generated';
import { en } from '$lib/messages/en';
import { fr } from '$lib/messages/fr';
import { hidesAddress, statusOf, statusOfRow, subjectOpen, type Judged } from './status';

const mail = (encryption: Encryption, status: SignatureStatus, rest: Partial<Judged> = {}): Judged => ({
  sent: false, encryption, signature: { status }, sender_trust: 'verified', warnings: [], ...rest,
});
const code = (encryption: Encryption, status: SignatureStatus, ...warnings: Warning[]) =>
  statusOf(mail(encryption, status, { warnings })).code;
const SIGNATURES: SignatureStatus[] = ['none', 'good', 'bad', 'weak', 'unknown-key', 'expired-key', 'mismatch'];
const ENCRYPTIONS: Encryption[] = ['none', 'full', 'partial', 'failed'];

describe('the status of a mail', () => {
  it('is green for a good signature alone', () => {
    for (const encryption of ENCRYPTIONS) {
      for (const signature of SIGNATURES) {
        const green = statusOf(mail(encryption, signature)).tone === 'success';
        expect(green, `${encryption} ${signature}`).toBe(signature === 'good' && encryption !== 'failed');
      }
    }
  });

  it('warns of a plain mail that deceives', () => {
    expect(statusOf(mail('none', 'none')).tone).toBe('info');
    expect(statusOf(mail('none', 'none', { warnings: ['only_html'] })).tone).toBe('info');
    expect(statusOf(mail('none', 'none', { warnings: ['name_looks_like_address'] })).tone).toBe('warning');
  });

  it('says of a signed mail that it was not encrypted', () => {
    expect(code('full', 'good')).toBe('sealed');
    expect(code('none', 'good')).toBe('signed');
    expect(fr.mail.status.signed.title).toMatch(/non chiffré/);
    expect(statusOf(mail('none', 'good')).encryption).toBe('none');
    expect(statusOf(mail('partial', 'good')).encryption).toBe('partial');
  });

  it('does not call a key verified that nobody compared', () => {
    for (const sender_trust of ['seen', 'accepted', null] as const) {
      expect(statusOf(mail('full', 'good', { sender_trust })).code).toBe('sealed_seen');
      expect(statusOf(mail('none', 'good', { sender_trust })).code).toBe('signed_seen');
      expect(statusOf(mail('full', 'good', { sender_trust })).tone).toBe('info');
    }
    expect(statusOf(mail('full', 'good', { sender_trust: 'to_verify_again' })).tone).toBe('warning');
    expect(statusOf(mail('full', 'good', { sender_trust: 'refused' })).tone).toBe('danger');
  });

  it('has a sentence of its own for bad, weak, unknown, expired, revoked and somebody else', () => {
    const codes = [
      code('full', 'bad'), code('full', 'weak'), code('full', 'unknown-key'), code('full', 'expired-key'),
      code('full', 'expired-key', 'key_revoked'), code('full', 'mismatch'),
    ];
    expect(new Set(codes).size).toBe(codes.length);
    for (const words of [fr, en]) {
      for (const part of ['title', 'text', 'next'] as const) {
        expect(new Set(codes.map((each) => words.mail.status[each][part])).size, part).toBe(codes.length);
      }
    }
  });

  it('tells why nothing of an encrypted mail can be shown', () => {
    expect(code('failed', 'none', 'no_key_opens')).toBe('no_key');
    expect(code('failed', 'none', 'mail_key_absent')).toBe('mail_key_absent');
    expect(code('failed', 'none', 'tampered')).toBe('tampered');
    expect(code('failed', 'none', 'no_integrity')).toBe('no_integrity');
    expect(code('failed', 'none', 'cipher_unsupported')).toBe('cipher_unsupported');
    expect(code('failed', 'none')).toBe('unreadable');
    expect(code('failed', 'good')).toBe('unreadable');
  });

  it('loses its green when something else is wrong', () => {
    for (const warning of ['sender_differs', 'several_senders', 'malformed', 'not_meant_for_us', 'name_of_another', 'signed_at_another_time'] as const) {
      expect(statusOf(mail('full', 'good', { warnings: [warning] })).tone, warning).toBe('warning');
    }
  });

  it('does not say a warning twice', () => {
    const status = statusOf(mail('full', 'expired-key', { warnings: ['key_revoked', 'remote_content'] }));
    expect(status.notes).toEqual(['remote_content']);
  });

  it('says of an own mail how it left', () => {
    expect(statusOf(mail('full', 'good', { sent: true })).code).toBe('sent_sealed');
    expect(statusOf(mail('none', 'good', { sent: true })).code).toBe('sent_signed');
    expect(statusOf(mail('none', 'none', { sent: true })).code).toBe('sent_plain');
  });

  it('is the same in a row of a list', () => {
    const row: MailRow = {
      id: '0190-a', sent: false, at: '2026-03-12T08:42:00Z', from: { name: 'Anne Delorme', mail: 'a.delorme@mairie.example' }, to: { name: '', mail: '' },
      more_recipients: 0, subject: '', passage: '', case: null, tlp: null, unread: false, urgent: false, attachments: 0, encryption: 'none', signature: 'good',
      sender_trust: 'verified', warnings: [],
    };
    expect(statusOfRow(row).code).toBe('signed');
    expect(statusOfRow({ ...row, sender_trust: 'to_verify_again' }).tone).toBe('warning');
    expect(statusOfRow({ ...row, warnings: ['repeated_header'] }).tone).toBe('warning');
    expect(statusOfRow({ ...row, signature: 'mismatch' }).tone).toBe('danger');
    expect(hidesAddress(row)).toBe(false);
    for (const warning of ['name_of_another', 'name_looks_like_address'] as const) {
      expect(hidesAddress({ warnings: [warning] }), warning).toBe(true);
    }
  });

  it('says of a protected mail that its subject was left outside', () => {
    const open = (encryption: Encryption, status: SignatureStatus, subject_protected = false) =>
      subjectOpen({ encryption, signature: { status }, subject_protected });
    expect(open('none', 'good')).toBe(true);
    expect(open('full', 'none')).toBe(true);
    expect(open('none', 'bad')).toBe(true);
    expect(open('none', 'good', true)).toBe(false);
    expect(open('none', 'none')).toBe(false);
    expect(open('failed', 'none')).toBe(false);
  });
});
