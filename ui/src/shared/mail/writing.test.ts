import { describe, expect, it } from 'vitest';
import type { MailDraft, MailView } from '$lib/api/generated';
import { forwarded, isBlank } from './writing';

const DRAFT: MailDraft = {
  case: null, answers: null, to: [], cc: [], bcc: [], subject: '', tlp: 'TLP:GREEN', text: '', template: '', lang: 'fr', attachments: [], keyless: 'undecided', with_key: false,
};
const MAIL: MailView = {
  id: '0190-a', sent: false, at: '2026-03-12T08:42:00Z', message_id: '', from: { name: 'Anne Delorme', mail: 'a.delorme@mairie.example' }, sender_trust: null,
  to: [{ name: '', mail: 'csirt@exemple.example' }], cc: [], bcc: [], subject: 'Message suspect', subject_protected: false, tlp: null, urgent: false,
  case: null, suggestions: [], encryption: 'none', signature: { status: 'none', fingerprint: null, signer: null, signed_at: null }, warnings: [],
  text: [{ depth: 0, text: 'Voici.' }, { depth: 1, text: 'Une\nDeux' }], has_html: false, attachments: [], observables: [], deliveries: [], offers_key: false,
};

describe('a mail that is handed on', () => {
  it('says where it comes from and keeps what it quotes', () => {
    const made = forwarded(MAIL, DRAFT);
    expect(made.subject).toBe('Tr\u00a0: Message suspect');
    expect(made.text).toContain('Anne Delorme <a.delorme@mairie.example>');
    expect(made.text).toContain('> Une\n> Deux');
  });

  it('does not leave in clear when it came encrypted', () => {
    expect(forwarded({ ...MAIL, encryption: 'full' }, DRAFT).tlp).toBe('TLP:AMBER');
    expect(forwarded(MAIL, DRAFT).tlp).toBe('TLP:GREEN');
    expect(forwarded({ ...MAIL, encryption: 'full', tlp: 'TLP:RED' }, DRAFT).tlp).toBe('TLP:RED');
  });

  it('names the files that do not follow', () => {
    const reading = { name: 'journal.txt', mime: 'text/plain', size: 3, sha256: '', is_key: false };
    expect(forwarded({ ...MAIL, attachments: [{ index: 0, kept: false, reading }] }, DRAFT).text).toContain('journal.txt');
  });
});

describe('a draft that nobody wrote in', () => {
  it('is blank until there is a word, a recipient or a file', () => {
    expect(isBlank(DRAFT)).toBe(true);
    expect(isBlank({ ...DRAFT, text: ' \n' })).toBe(true);
    expect(isBlank({ ...DRAFT, text: 'Bonjour' })).toBe(false);
    expect(isBlank({ ...DRAFT, cc: [{ name: '', mail: 'a@b.example' }] })).toBe(false);
    expect(isBlank({ ...DRAFT, answers: '0190-a' })).toBe(false);
  });
});
