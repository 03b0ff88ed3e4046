import { describe, expect, it } from 'vitest';
import type { Obstacle, ProtectionView, RecipientView, Way } from '$lib/api/generated';
import { en } from '$lib/messages/en';
import { fr } from '$lib/messages/fr';
import { countWays, forbidsClear, going, keyless, mustChoose, otherObstacles, protectionCode, unconfirmed, unfinished } from './protection';

const somebody = (way: Way, place: number): RecipientView => ({
  address: { name: '', mail: `d${place}@exemple.example` }, way,
  key: { id: null, fingerprint: '', trust: null, fitness: null, expires: null, verification: null },
});
const protection = (ways: Way[], obstacles: Obstacle[] = []): ProtectionView => ({
  recipients: ways.map(somebody), obstacles, signed: true, subject: '', outer_subject: '', from: { name: '', mail: '' }, size: 0, four_eyes: false, fingerprint: '',
});
const sentence = (ways: Way[], signed = true) => {
  const view = protection(ways);
  return fr.mail.compose.protection[protectionCode(view)](signed ? 'signed' : 'unsigned', countWays(view.recipients));
};

describe('the protection of a draft', () => {
  it('is told in one sentence', () => {
    expect(sentence(['encrypted', 'encrypted', 'blocked', 'blocked'])).toBe(
      'Signé par l’équipe. Chiffré pour deux destinataires sur quatre\u00a0: le message ne peut pas partir ainsi.',
    );
    expect(sentence(['encrypted'])).toBe('Signé par l’équipe. Chiffré pour son destinataire.');
    expect(sentence(['clear', 'clear'])).toContain('Non chiffré');
    expect(sentence([])).toContain('Aucun destinataire');
  });

  it('never says that a mail is signed when it is not', () => {
    for (const ways of [['encrypted'], ['clear'], ['locked'], ['encrypted', 'clear'], ['blocked'], []] as Way[][]) {
      expect(sentence(ways, false)).not.toContain('Signé par');
      const view = protection(ways);
      expect(en.mail.compose.protection[protectionCode(view)]('unsigned', countWays(view.recipients))).not.toMatch(/^Signed/);
    }
  });

  it('counts nobody who is left out as reached', () => {
    expect(protectionCode(protection(['left_out']))).toBe('nobody');
    expect(protectionCode(protection(['left_out', 'encrypted']))).toBe('encrypted');
  });

  it('asks for a way out only where somebody cannot be reached', () => {
    const view = protection(['encrypted', 'blocked'], ['keyless_undecided']);
    expect(mustChoose(view)).toBe(true);
    expect(mustChoose(protection(['encrypted', 'clear']))).toBe(false);
    expect(forbidsClear('TLP:RED')).toBe(true);
    expect(forbidsClear('TLP:CLEAR')).toBe(false);
    expect(keyless(view)).toHaveLength(1);
  });

  it('knows a key that only has to be compared from one that is missing', () => {
    const view = protection(['blocked', 'blocked', 'encrypted'], ['key_unconfirmed', 'keyless_undecided']);
    for (const place of [0, 2]) Object.assign(view.recipients[place]!.key, { id: '0190-k', trust: 'seen', fitness: 'fit' });
    expect(unconfirmed(view)).toEqual([view.recipients[0]]);
    expect(otherObstacles(view)).toEqual([]);
    expect(going(view, 'ask_key')).toBe('ask');
    view.recipients.splice(1, 1);
    expect(going(view, 'ask_key')).toBe('send');
  });

  it('keeps the obstacles that a way out does not take away', () => {
    expect(otherObstacles(protection(['blocked'], ['keyless_undecided', 'no_subject']))).toEqual([]);
    expect(unfinished(protection(['blocked'], ['keyless_undecided', 'no_subject']))).toEqual(['no_subject']);
    expect(otherObstacles(protection(['encrypted'], ['placeholder_left', 'empty']))).toEqual(['placeholder_left']);
  });

  it('names its button after what it will do', () => {
    expect(going(protection(['encrypted']), 'undecided')).toBe('send');
    expect(going(protection(['encrypted', 'locked']), 'locked')).toBe('lock');
    expect(going(protection(['locked']), 'password')).toBe('password');
    expect(going(protection(['encrypted', 'blocked']), 'ask_key')).toBe('ask');
    expect(going(protection(['encrypted', 'left_out']), 'leave_out')).toBe('send');
  });
});
