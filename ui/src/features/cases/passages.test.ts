import { expect, it } from 'vitest';
import { segments } from './passages';

it('words between the marks are hits, the rest is not', () => {
  expect(segments('une \uE000rançon\uE001 payée')).toEqual([
    { text: 'une ', hit: false },
    { text: 'rançon', hit: true },
    { text: ' payée', hit: false },
  ]);
});

it('text that looks like markup stays text', () => {
  expect(segments('<b>\uE000x\uE001</b>').map((s) => s.text).join('')).toBe('<b>x</b>');
});

it('an unpaired mark loses no word', () => {
  expect(segments('fin \uE000coupée')).toEqual([
    { text: 'fin ', hit: false },
    { text: 'coupée', hit: true },
  ]);
  expect(segments('')).toEqual([]);
});
