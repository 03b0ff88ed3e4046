import { beforeEach, expect, it } from 'vitest';
import type { ReferenceView, SessionView } from '$lib/api/generated';
import { session } from '$lib/session.svelte';
import { tell } from './journal';

const change = (entity: string, field: string, before: unknown, after: unknown) => ({
  entity, id: 'e1', field,
  before: before === undefined ? null : JSON.stringify(before),
  after: after === undefined ? null : JSON.stringify(after),
});

beforeEach(() => {
  session.view = { people: [{ id: 'p1', name: 'Titouan Brélivet', role: 'analyst' }] } as unknown as SessionView;
  session.reference = {
    rsit: [],
    axes: [{ axis: 'urgency', weight: 1, name_fr: 'Urgence', name_en: 'Urgency', levels_fr: ['Stable', 'Évolue lentement', 'S’aggrave', 'S’étend'], levels_en: [] }],
  } as unknown as ReferenceView;
});

it('values are told in the words of the field', () => {
  expect(tell(change('case', 'status', 'qualification', 'coordination'))).toEqual({
    label: 'Statut', before: 'Qualification', after: 'Coordination',
  });
  expect(tell(change('case', 'categories', undefined, 'ransomware')).after).toBe('Rançongiciel');
  expect(tell(change('fact', 'kind', undefined, 'attack')).after).toBe('Attaque');
  expect(tell(change('organisation', 'kind', 'pme', 'eti'))).toMatchObject({ before: 'PME', after: 'ETI' });
});

it('an axis is told with the sentence of its level', () => {
  expect(tell(change('case', 'axes.urgency', 1, 2))).toEqual({
    label: 'Urgence', before: '1 (Évolue lentement)', after: '2 (S’aggrave)',
  });
});

it('a person is named, and nobody is nothing', () => {
  expect(tell(change('case', 'assignee', null, 'p1'))).toMatchObject({ before: null, after: 'Titouan Brélivet' });
  expect(tell(change('case', 'assignee', 'p1', null))).toMatchObject({ before: 'Titouan Brélivet', after: 'vide' });
});

it('an answer that is not known is told as such', () => {
  expect(tell(change('case', 'report.narrative', { state: 'unknown' }, { state: 'known', value: 'Écran noir' }))).toEqual({
    label: 'Récit', before: 'Je ne sais pas', after: 'Écran noir',
  });
});

it('a consent tells who gave it', () => {
  expect(tell(change('case', 'consents.cert_fr', undefined, { given: true, by: 'Gaëtan Morvault', at: 1, recorded_by: 'p1' }))).toMatchObject({
    label: 'Transmettre au CERT-FR', after: 'Oui, par Gaëtan Morvault',
  });
});

it('what comes of a list of firms is told without identifiers', () => {
  const of = (entity: string, field: string, after: unknown) => tell(change(entity, field, null, after), new Map([['f1', 'Bocalys']]));
  expect(of('shortlist', 'told_by', 'phone')).toEqual({ label: 'Dite au bénéficiaire', before: null, after: 'Téléphone' });
  expect(of('referral', 'remediation', 'whole').after).toBe('Tout est remis en état');
  expect(of('shortlist', 'chosen', 'f1').after).toBe('Bocalys');
  expect(of('shortlist', 'firms', ['f1', 'f2']).after).toBe('Bocalys, une entreprise référencée');
  expect(of('shortlist', 'chosen', 'f2').after).toBe('une entreprise référencée');
  expect(of('referral', 'check_on', '2019-11-27').after).toBe('27\u00a0novembre 2019');
});

it('an instant is told as a date, whether written in words or in milliseconds', () => {
  expect(tell(change('fact', 'at', undefined, '2026-03-11T07:40:00Z')).after).toContain('11\u00a0mars');
  expect(tell(change('document', 'prepared_at', undefined, Date.parse('2026-03-11T07:40:00Z'))).after).toContain('11\u00a0mars');
});

it('what a newer version wrote is shown under its own name', () => {
  expect(tell(change('case', 'holograms', undefined, 3))).toEqual({ label: 'Cas, holograms', before: null, after: '3' });
});
