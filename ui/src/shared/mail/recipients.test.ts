import { describe, expect, it } from 'vitest';
import { called, distinct, isMail, parseRecipients } from './recipients';

describe('recipients that are pasted', () => {
  it('are taken apart at ; , and line ends', () => {
    const { found, left } = parseRecipients(
      'Gaëtan Morvault <secours@batardiere.example> ; cert-fr@example.test,\n"Delorme, Anne" <a.delorme@mairie.example>',
    );
    expect(left).toEqual([]);
    expect(found).toEqual([
      { name: 'Gaëtan Morvault', mail: 'secours@batardiere.example' },
      { name: '', mail: 'cert-fr@example.test' },
      { name: 'Delorme, Anne', mail: 'a.delorme@mairie.example' },
    ]);
  });

  it('give back what is no address as it was written', () => {
    expect(parseRecipients('Gaëtan ; <sans-arobase> ; a@b').left).toEqual(['Gaëtan', '<sans-arobase>', 'a@b']);
    expect(parseRecipients('   ')).toEqual({ found: [], left: [] });
  });

  it('cannot break a header', () => {
    expect(parseRecipients('a@b.example\r\nBcc: x@y.example').found).toEqual([{ name: '', mail: 'a@b.example' }]);
    for (const mail of ['a b@c.example', 'a@b..example', 'a@b@c.example', '<a@b.example>', 'a,b@c.example', '']) expect(isMail(mail), mail).toBe(false);
  });

  it('are not called by another address', () => {
    expect(called({ name: 'secours@mairie.example', mail: 'compta@ailleurs.test' })).toBe('compta@ailleurs.test');
    expect(called({ name: 'Anne', mail: 'a@b.example' })).toBe('Anne');
  });

  it('name nobody twice', () => {
    expect(distinct([{ name: '', mail: 'A@b.example' }, { name: 'Anne', mail: 'a@B.example' }])).toEqual([{ name: 'Anne', mail: 'A@b.example' }]);
  });

  it('survive a quotation mark that never ends', () => {
    expect(parseRecipients('"Anne <a@b.example>\nc@d.example').found.map((address) => address.mail)).toEqual(['a@b.example', 'c@d.example']);
  });
});
