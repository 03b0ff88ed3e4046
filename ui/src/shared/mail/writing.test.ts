import { describe, expect, it } from 'vitest';
import type { MailDraft } from '$lib/api/generated';
import { hasOthers, isBlank } from './writing';

const DRAFT: MailDraft = {
  case: null, answers: null, forwards: null, to: [], cc: [], bcc: [], subject: '', tlp: 'TLP:GREEN', text: '', template: '', lang: 'fr', attachments: [], keyless: 'undecided', with_key: false,
};
const person = (mail: string) => ({ name: '', mail });
const MAIL = { from: person('a.delorme@mairie.example'), to: [person('CSIRT@exemple.example')], cc: [] };

describe('an answer to all', () => {
  it('is offered when somebody else got the mail', () => {
    expect(hasOthers(MAIL, 'csirt@exemple.example')).toBe(false);
    expect(hasOthers({ ...MAIL, cc: [person('A.Delorme@mairie.example')] }, 'csirt@exemple.example')).toBe(false);
    expect(hasOthers({ ...MAIL, cc: [person('dsi@mairie.example')] }, 'csirt@exemple.example')).toBe(true);
  });
});

describe('a draft that nobody wrote in', () => {
  it('is blank until there is a word, a recipient or a file', () => {
    expect(isBlank(DRAFT)).toBe(true);
    expect(isBlank({ ...DRAFT, text: ' \n' })).toBe(true);
    expect(isBlank({ ...DRAFT, text: 'Bonjour' })).toBe(false);
    expect(isBlank({ ...DRAFT, cc: [{ name: '', mail: 'a@b.example' }] })).toBe(false);
    expect(isBlank({ ...DRAFT, answers: '0190-a' })).toBe(false);
    expect(isBlank({ ...DRAFT, forwards: '0190-a' })).toBe(false);
  });
});
