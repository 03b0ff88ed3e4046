import { describe, expect, it } from 'vitest';
import type { DeducedNeed } from '$lib/api/generated';
import { closedUntil, exclusion, finding, labelName, labelWhole, points, reminder, remedy, trouble, why, wrongField } from './sentences';

describe('why a firm is left out', () => {
  it('is told with its figures', () => {
    expect(exclusion({ kind: 'too_far', km: 171, limit: 150 })).toBe('À 171\u202fkm, au-delà des 150\u202fkm demandés');
    expect(exclusion({ kind: 'no_capacity', open: 2, capacity: 2 })).toBe('Déjà 2 cas en cours, pour 2 au plus');
    expect(exclusion({ kind: 'no_capacity', open: 0, capacity: 0 })).toBe('Ne prend pas de cas en ce moment');
    expect(exclusion({ kind: 'remote_only' })).toBe('À distance seulement, alors qu’une intervention sur place est demandée');
  });

  it('tells a delay that is too long from one that nobody states', () => {
    expect(exclusion({ kind: 'on_site_too_late', promised: 48, wanted: 24 })).toBe('Sur place sous 48\u202fh\u00a0: hors du délai de 24\u202fh');
    expect(exclusion({ kind: 'on_site_too_late', promised: null, wanted: 24 })).toBe('N’annonce pas de délai sur place, alors que 24\u202fh sont demandées');
  });

  it('goes with what would change it', () => {
    expect(remedy({ kind: 'allow_on_site', hours: 48 })).toBe('accepter 48\u202fh sur place');
    expect(remedy({ kind: 'renew_label', label: 'expert_cyber' })).toBe('que l’entreprise renouvelle ExpertCyber');
  });
});

describe('a line that does not answer', () => {
  it('says until when, and the day when it is another one', () => {
    const night = new Date('2026-11-20T03:00:00+01:00');
    expect(closedUntil('2026-11-20T09:00:00+01:00', night)).toBe('Ligne fermée jusqu’à 09\u202fh\u202f00');
    expect(closedUntil('2026-11-23T09:00:00+01:00', night)).toBe('Ligne fermée jusqu’au 23\u00a0novembre, 09\u202fh\u202f00');
  });
});

describe('a line of the sum', () => {
  it('says what it rests on', () => {
    expect(finding({ kind: 'experience', cases: 3, category: 'ransomware' })).toBe('Rançongiciel\u00a0: 3 cas');
    expect(finding({ kind: 'experience', cases: 0, category: 'ransomware' })).toBe('Rançongiciel\u00a0: aucun cas');
    expect(finding({ kind: 'label', label: 'pris', level: 'high' })).toBe('Label PRIS élevé');
    expect(finding({ kind: 'label', label: null, level: null })).toBe('Sans label valide');
    expect(finding({ kind: 'key', state: 'seen' })).toBe('Clé non vérifiée');
  });

  it('counts in hundredths', () => {
    expect([0, 7_250, 10_000].map(points)).toEqual(['0', '72,5', '100']);
  });
});

describe('where a need comes from', () => {
  const because: DeducedNeed[] = [
    { need: 'service', value: 'rebuilding', because: { reason: 'category', category: 'ransomware' } },
    { need: 'service', value: 'rebuilding', because: { reason: 'encryption_under_way' } },
    { need: 'on_site_hours', because: { reason: 'grade', grade: 'G4' } },
  ];

  it('is told once for each reason, and nothing for what somebody wrote', () => {
    expect(why(because, 'service', 'rebuilding')).toBe('Repris\u00a0: type d’incident (Rançongiciel), chiffrement en cours');
    expect(why(because, 'service', 'audit')).toBe('');
    expect(why(because, 'on_site_hours')).toBe('Repris\u00a0: gravité G4');
  });
});

describe('a record', () => {
  const held = { kind: 'pris', level: 'substantial', activities: [], name: '', number: '2026/17', expires: null, evidence: '' } as const;

  it('names its labels', () => {
    expect(labelWhole({ ...held, activities: [] })).toBe('PRIS substantiel, n°\u00a02026/17');
    expect(labelWhole({ ...held, number: '', activities: ['INV'] })).toBe('PRIS substantiel (investigation numérique)');
    expect(labelName({ ...held, kind: 'other', level: null, name: 'Cyber 44', activities: [] })).toBe('Cyber 44');
  });

  it('tells what is wrong and where, and what to ask', () => {
    expect(wrongField({ field: 'labels', index: 1, mistake: 'missing' })).toBe('Labels, n°\u00a02\u00a0: manque');
    expect(wrongField({ field: 'areas', index: null, mistake: 'missing' })).toBe('Zones d’intervention\u00a0: manque');
    expect(trouble({ refused: 'malformed' })).toBe('forme ou clé de contrôle inexacte');
    expect(trouble('impossible_date')).toBe('date impossible');
    expect(reminder({ kind: 'confirmation_due', last: null })).toBe('Fiche jamais confirmée par l’entreprise.');
  });
});
