import { expect, it } from 'vitest';
import { fold, marked, pieces } from './highlight';

it('folds accents and keeps the places', () => {
  expect(fold('Élodie Œuvré')).toHaveLength('Élodie Œuvré'.length);
  expect(fold('Batardière')).toBe('batardiere');
});

it('marks the beginnings of words, whatever the accents', () => {
  expect(pieces('Menuiserie Batardière', 'bata')).toEqual([
    { text: 'Menuiserie ', hit: false },
    { text: 'Bata', hit: true },
    { text: 'rdière', hit: false },
  ]);
  expect(pieces('Éts Émile', 'emi ets').filter((piece) => piece.hit).map((piece) => piece.text)).toEqual(['Éts', 'Émi']);
  expect(pieces('abat', 'bat')).toEqual([{ text: 'abat', hit: false }]);
  expect(pieces('', 'x')).toEqual([]);
});

it('reads the marks of the host', () => {
  expect(marked('la \ue000rançon\ue001 exigée')).toEqual([
    { text: 'la ', hit: false },
    { text: 'rançon', hit: true },
    { text: ' exigée', hit: false },
  ]);
  expect(marked('rien')).toEqual([{ text: 'rien', hit: false }]);
});
