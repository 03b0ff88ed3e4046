import { expect, it } from 'vitest';
import { putIn } from './insert';

it('puts a piece where the cursor is, over what is selected', () => {
  expect(putIn('Bonjour X,', 8, 9, 'Madame')).toEqual({ text: 'Bonjour Madame,', cursor: 14 });
  expect(putIn('', 0, 0, 'PDL-2026-0042')).toEqual({ text: 'PDL-2026-0042', cursor: 13 });
});
