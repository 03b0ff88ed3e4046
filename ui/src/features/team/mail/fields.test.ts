import { describe, expect, it } from 'vitest';
import { fieldsOf, inserted, unknownFields } from './fields';

describe('the fields of a template', () => {
  it('are found in subject and text, each once', () => {
    expect(fieldsOf('Cas {{cas.reference}}', 'Bonjour {{ contact.nom }}, {{cas.reference}}')).toEqual(['cas.reference', 'contact.nom']);
    expect(fieldsOf('rien {ici} ni {{', '')).toEqual([]);
  });

  it('that nobody fills in are named', () => {
    expect(unknownFields(['cas.reference'], '{{cas.reference}} {{prix}} {{}}')).toEqual(['prix', '']);
  });

  it('are put where the cursor is, over what is selected', () => {
    expect(inserted('Bonjour X,', 8, 9, 'contact.nom')).toEqual({ text: 'Bonjour {{contact.nom}},', cursor: 23 });
  });
});
