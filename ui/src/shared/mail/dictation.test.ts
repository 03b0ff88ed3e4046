import { expect, it } from 'vitest';
import { dictated } from './dictation';

it('says word and figure in turns, and loses nothing', () => {
  const passphrase = 'loup4dune7sac2abri9moto3sel5val';
  const said = dictated(passphrase);
  expect(said.map((each) => each.word)).toEqual(['loup', 'dune', 'sac', 'abri', 'moto', 'sel', 'val']);
  expect(said.map((each) => each.figure)).toEqual(['4', '7', '2', '9', '3', '5', null]);
  expect(said.map((each) => each.word + (each.figure ?? '')).join('')).toBe(passphrase);
  expect(dictated('')).toEqual([]);
});
