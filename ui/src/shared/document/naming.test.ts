import { describe, expect, it } from 'vitest';
import { inLine, longName, mayLeave, shortName } from './naming';

const about = { id: 'c', reference: 'PDL-2026-0042', title: 'Rançongiciel' };

describe('the name of a document', () => {
  it('says what it is: a list of firms is no summary', () => {
    expect(shortName({ kind: 'short_list', audience: 'beneficiaire' })).toBe('Liste de prestataires');
    expect(shortName({ kind: 'summary', audience: 'beneficiaire' })).toBe('Synthèse, Bénéficiaire');
    expect(longName({ kind: 'summary', audience: 'prestataire', case: about })).toBe('Transmission PDL-2026-0042, prestataire retenu');
    expect(longName({ kind: 'short_list', audience: 'beneficiaire', case: about })).toBe('Liste de prestataires PDL-2026-0042');
  });

  it('keeps the capital of a name only, inside a line', () => {
    expect(inLine({ kind: 'summary', audience: 'cert-fr' })).toBe('CERT-FR');
    expect(inLine({ kind: 'summary', audience: 'interne' })).toBe('interne');
    expect(inLine({ kind: 'short_list', audience: 'beneficiaire' })).toBe('liste de prestataires');
  });

  it('may leave once signed, or under the word of the lead', () => {
    expect(['to_sign', 'returned', 'signed', 'delegated'].filter((state) => mayLeave(state as 'signed'))).toEqual(['signed', 'delegated']);
  });
});
