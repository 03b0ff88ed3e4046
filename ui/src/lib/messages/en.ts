import type { Messages } from './types';
import { cases } from './en/cases';
import { common } from './en/common';
import { documents } from './en/documents';
import { errors } from './en/errors';
import { intake } from './en/intake';
import { keyring } from './en/keyring';
import { mail } from './en/mail';
import { opening } from './en/opening';
import { readiness } from './en/readiness';
import { rfc2350 } from './en/rfc2350';
import { team } from './en/team';
import { today } from './en/today';
import { verify } from './en/verify';
import { words } from './en/words';

export const en: Messages = { common, words, errors, opening, today, team, verify, intake, cases, documents, rfc2350, readiness, mail, keyring };
