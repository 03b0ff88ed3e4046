// `t.common.cancel` is the sentence in the language of the moment, and follows it when it changes.
import type { Language } from '../api/generated';
import { en } from './en';
import { fr } from './fr';
import type { Messages } from './types';

export type { Messages } from './types';

const LANGUAGES: Record<Language, Messages> = { fr, en };

class Speech {
  language = $state<Language>('fr');
}

export const speech = new Speech();

function reactive(): Messages {
  const t = {} as Messages;
  for (const part of Object.keys(fr) as (keyof Messages)[]) {
    Object.defineProperty(t, part, { get: () => LANGUAGES[speech.language][part], enumerable: true });
  }
  return t;
}

export const t: Messages = reactive();
