import { describe, expect, it } from 'vitest';
import { checkAccount, NO_ACCOUNT, secured, trimmed, usualServer } from './account';

const account = { ...NO_ACCOUNT, address: { name: 'CSIRT', mail: 'csirt@region.example' }, user: 'csirt', smtp: usualServer('smtp', 'smtp.region.example') };

describe('the mail account', () => {
  it('is kept when each field can be used', () => {
    expect(checkAccount(account)).toEqual({});
    expect(checkAccount({ ...account, smtp: null, user: '' })).toEqual({});
  });

  it('says which field cannot be', () => {
    const wrong = checkAccount({ ...account, address: { name: '', mail: 'csirt' }, user: ' ', smtp: { host: 'a b', port: 0, security: 'tls' }, imap: usualServer('imap') });
    expect(wrong).toEqual({ address: 'address', user: 'user', 'smtp.host': 'host', 'smtp.port': 'port', 'imap.host': 'host' });
  });

  it('takes the usual port of a protection, and leaves one that was chosen', () => {
    expect(secured('smtp', usualServer('smtp'), 'start_tls').port).toBe(587);
    expect(secured('imap', { ...usualServer('imap'), port: 143 }, 'tls').port).toBe(993);
    expect(secured('imap', { ...usualServer('imap'), port: 1993 }, 'start_tls').port).toBe(1993);
  });

  it('is sent without blanks around what was typed', () => {
    expect(trimmed({ ...account, user: ' csirt ', smtp: usualServer('smtp', ' mail.region.example ') })).toMatchObject({ user: 'csirt', smtp: { host: 'mail.region.example' } });
  });
});
