// Every sentence of the interface. French is the source: its shape is what the other languages must fill.
import { cases } from './fr/cases';
import { common } from './fr/common';
import { crisis } from './fr/crisis';
import { documents } from './fr/documents';
import { errors } from './fr/errors';
import { fairness } from './fr/fairness';
import { intake } from './fr/intake';
import { keyring } from './fr/keyring';
import { mail } from './fr/mail';
import { opening } from './fr/opening';
import { providers } from './fr/providers';
import { readiness } from './fr/readiness';
import { referrals } from './fr/referrals';
import { rfc2350 } from './fr/rfc2350';
import { team } from './fr/team';
import { today } from './fr/today';
import { verify } from './fr/verify';
import { words } from './fr/words';

export const fr = { common, words, errors, opening, today, team, verify, intake, cases, documents, rfc2350, readiness, mail, keyring, providers, referrals, fairness, crisis };
