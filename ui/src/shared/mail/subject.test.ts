import { describe, expect, it } from 'vitest';
import { bareSubject } from './subject';

const ABOUT = { reference: 'PDL-2026-0042' };

describe('a subject beside its marks', () => {
  it('does not repeat them', () => {
    expect(bareSubject({ subject: '[URGENT] [TLP:AMBER] Serveur chiffré', urgent: true, tlp: 'TLP:AMBER', case: null })).toBe('Serveur chiffré');
    expect(bareSubject({ subject: 'Re: [pdl-2026-0042] [TLP:AMBER] Point', urgent: false, tlp: 'TLP:AMBER', case: ABOUT })).toBe('Re: Point');
  });

  it('keeps what is said nowhere else', () => {
    expect(bareSubject({ subject: '[PDL-2026-0042] [TLP:RED] [liste] Point', urgent: false, tlp: 'TLP:AMBER', case: null })).toBe('[PDL-2026-0042] [TLP:RED] [liste] Point');
    expect(bareSubject({ subject: '[TLP:AMBER]', urgent: false, tlp: 'TLP:AMBER', case: null })).toBe('[TLP:AMBER]');
  });
});
