import { expect, it } from 'vitest';
import { base64 } from './base64';

it('decodes to the same bytes, across the steps', async () => {
  for (const length of [0, 1, 2, 3, 0x6000 - 1, 0x6000, 0x6000 + 1, 100_000]) {
    const bytes = Uint8Array.from({ length }, (_, place) => (place * 31) % 256);
    const back = Uint8Array.from(atob(await base64(new Blob([bytes]))), (letter) => letter.charCodeAt(0));
    expect(back).toEqual(bytes);
  }
});
