import { expect, it } from 'vitest';
import { companyNumber, count, euroSum, phone } from './written';

const plain = (text: string) => text.replace(/[\u202f\u00a0]/g, ' ');

it('a French phone number is shown in pairs however it was typed', () => {
  for (const typed of ['0261912763', '02.61.91.27.63', '02-61-91-27-63', ' 02 61 91 27 63 ']) {
    expect(plain(phone(typed))).toBe('02 61 91 27 63');
  }
  expect(plain(phone('+33261912763'))).toBe('+33 2 61 91 27 63');
  expect(plain(phone('0033 2 61 91 27 63'))).toBe('+33 2 61 91 27 63');
});

it('what is no French number stays as written', () => {
  expect(phone('poste 4012')).toBe('poste 4012');
  expect(phone('+44 20 7946 0000')).toBe('+44 20 7946 0000');
});

it('a SIREN and a SIRET are shown in groups', () => {
  expect(plain(companyNumber('732829320'))).toBe('732 829 320');
  expect(plain(companyNumber('73282932000074'))).toBe('732 829 320 00074');
  expect(companyNumber('inconnu')).toBe('inconnu');
});

it('a head-count is a whole number', () => {
  expect(count('1 200')).toBe(1_200);
  expect(count('')).toBeNull();
  expect(count('une dizaine')).toBeUndefined();
  expect(count('-3')).toBeUndefined();
});

it('a sum is understood as it is said', () => {
  expect(euroSum('48 200 €')).toBe(48_200);
  expect(euroSum('2,5 M')).toBe(2_500_000);
  expect(euroSum('1,2 Md€')).toBe(1_200_000_000);
  expect(euroSum('300 k€')).toBe(300_000);
  expect(euroSum('beaucoup')).toBeUndefined();
  expect(euroSum('')).toBeNull();
});
