import { describe, expect, it } from 'vitest';
import { Founding } from './founding.svelte';

const KEY = '7K2M-Q9XD-04TB-HNW5-C8PR-2VJE-M61Z-Y3FA-DG70';
const groups = KEY.split('-');

describe('the recovery key typed back', () => {
  it('asks for two different groups, in order', () => {
    for (let time = 0; time < 50; time += 1) {
      const founding = new Founding();
      founding.takeRecoveryKey(KEY);
      const [first = 0, second = 0] = founding.asked;
      expect(founding.asked).toHaveLength(2);
      expect(first).toBeGreaterThanOrEqual(1);
      expect(second).toBeGreaterThan(first);
      expect(second).toBeLessThanOrEqual(groups.length);
    }
  });

  it('takes small letters, spaces and letters that a hand confuses', () => {
    const founding = new Founding();
    founding.takeRecoveryKey(KEY);
    founding.asked = [3, 7];
    founding.typed = [' o4 tb ', 'm6lz'];
    expect(founding.typedRight(0)).toBe(true);
    expect(founding.typedRight(1)).toBe(true);
    founding.typed = ['04TC', ''];
    expect(founding.typedRight(0)).toBe(false);
    expect(founding.typedRight(1)).toBe(false);
  });
});

it('forgets every secret when it is wiped', () => {
  const founding = new Founding();
  founding.passphrase = founding.again = 'virage copieux saumon';
  founding.takeRecoveryKey(KEY);
  founding.key.armoured = founding.key.passphrase = 'secret';
  founding.wipe();
  const { passphrase, again, recoveryKey, key, typed, groups: left } = founding;
  expect([passphrase, again, recoveryKey, key.armoured, key.passphrase].join('')).toBe('');
  expect([...typed, ...left]).toEqual([]);
});
