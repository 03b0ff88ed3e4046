import { expect, it } from 'vitest';
import { verifying } from './gpg';

it('the command names the document and the signature beside it', () => {
  expect(verifying('PDL-2026-0042-synthese.pdf')).toBe('gpg --verify PDL-2026-0042-synthese.pdf.asc PDL-2026-0042-synthese.pdf');
  expect(verifying(null)).toBe('gpg --verify document.pdf.asc document.pdf');
});

it('a name with a space is quoted, and one that a shell would run is not repeated', () => {
  expect(verifying('synthèse (1).pdf')).toBe('gpg --verify "synthèse (1).pdf.asc" "synthèse (1).pdf"');
  for (const name of ['$(x).pdf', 'a"b.pdf', '`x`', 'a;b', '-o x', '%PATH%', '!x']) expect(verifying(name)).toBe('gpg --verify document.pdf.asc document.pdf');
});
