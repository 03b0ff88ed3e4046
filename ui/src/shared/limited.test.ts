import { expect, it } from 'vitest';
import { cutAt } from './limited';

it('ten megabytes are cut at the limit, and the rest is counted', () => {
  const cut = cutAt('x'.repeat(10_000_000), 20_000);
  expect(cut.kept).toHaveLength(20_000);
  expect(cut.left).toBe(9_980_000);
});

it('a cut splits no character', () => {
  expect(cutAt('a😀b', 2)).toEqual({ kept: 'a', left: 3 });
  expect(cutAt('court', 20)).toEqual({ kept: 'court', left: 0 });
});
