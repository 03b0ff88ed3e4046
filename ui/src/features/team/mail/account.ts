// What an account must have before it is kept, said field by field.
import type { MailAccount, MailServer } from '$lib/api/generated';
import { isMail } from '$shared/mail/recipients';

export type AccountField = 'address' | 'user' | 'smtp.host' | 'smtp.port' | 'imap.host' | 'imap.port';
export type AccountProblem = 'address' | 'user' | 'host' | 'port';

export const NO_ACCOUNT: MailAccount = {
  address: { name: '', mail: '' }, user: '', login: 'password', smtp: null, imap: null, folder: 'INBOX',
};

/** The usual ports, by what the line is protected with. */
const PORTS = { smtp: { tls: 465, start_tls: 587 }, imap: { tls: 993, start_tls: 143 } } as const;

export function usualServer(which: 'smtp' | 'imap', host = ''): MailServer {
  return { host, port: PORTS[which].tls, security: 'tls' };
}

/** The server with another protection; the port follows unless somebody chose one of their own. */
export function secured(which: 'smtp' | 'imap', server: MailServer, security: MailServer['security']): MailServer {
  const usual = Object.values<number>(PORTS[which]).includes(server.port);
  return { ...server, security, port: usual ? PORTS[which][security] : server.port };
}

export function checkAccount(account: MailAccount): Partial<Record<AccountField, AccountProblem>> {
  const found: Partial<Record<AccountField, AccountProblem>> = {};
  if (!isMail(account.address.mail.trim())) found.address = 'address';
  if (account.user.trim() === '' && (account.smtp || account.imap)) found.user = 'user';
  for (const which of ['smtp', 'imap'] as const) {
    const server = account[which];
    if (!server) continue;
    if (!/^[a-z0-9-]+(\.[a-z0-9-]+)*$/i.test(server.host.trim())) found[`${which}.host`] = 'host';
    if (!Number.isInteger(server.port) || server.port < 1 || server.port > 65_535) found[`${which}.port`] = 'port';
  }
  return found;
}

/** As it is sent: without blanks around what was typed. */
export function trimmed(account: MailAccount): MailAccount {
  const server = (each: MailServer | null) => (each ? { ...each, host: each.host.trim() } : null);
  return {
    ...account,
    address: { name: account.address.name.trim(), mail: account.address.mail.trim() },
    user: account.user.trim(), folder: account.folder.trim(), smtp: server(account.smtp), imap: server(account.imap),
  };
}
