import { describe, expect, it } from 'vitest';
import { fieldsOf, inserted, unknownFields } from './fields';

describe('the fields of a template', () => {
  it('are found in subject and text, each once', () => {
    expect(fieldsOf('Cas {{reference}}', 'Bonjour {{ salutation }}, {{reference}}')).toEqual(['reference', 'salutation']);
    expect(fieldsOf('rien {ici} ni {{', '')).toEqual([]);
  });

  it('that nobody fills in are named', () => {
    expect(unknownFields(['reference'], '{{reference}} {{prix}} {{}}')).toEqual(['prix', '']);
  });

  it('are put where the cursor is, over what is selected', () => {
    expect(inserted('Bonjour X,', 8, 9, 'salutation')).toEqual({ text: 'Bonjour {{salutation}},', cursor: 22 });
  });
});
