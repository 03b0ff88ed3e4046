import { beforeEach, describe, expect, it } from 'vitest';
import type { JournalChange, JournalLine, ReferenceView, SessionView } from '$lib/api/generated';
import { session } from '$lib/session.svelte';
import { groups, names, tell } from './journal';

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

it('an instant is told as a date, whether written in words or in milliseconds', () => {
  expect(tell(change('fact', 'at', undefined, '2026-03-11T07:40:00Z')).after).toContain('11\u00a0mars');
  expect(tell(change('document', 'prepared_at', undefined, Date.parse('2026-03-11T07:40:00Z'))).after).toContain('11\u00a0mars');
});

it('what a newer version wrote is shown under its own name', () => {
  expect(tell(change('case', 'holograms', undefined, 3))).toEqual({ label: 'Cas, holograms', before: null, after: '3' });
});

describe('an entry', () => {
  const begun = (entity: string, id: string, fields: Record<string, unknown>) =>
    Object.entries(fields).map(([field, value]) => ({ ...change(entity, field, undefined, value), id }));
  const told = (changes: JournalChange[]) => groups(changes, names([{ changes } as JournalLine]));

  it('is told thing by thing, each under its name', () => {
    const changes = [
      change('case', 'status', 'qualification', 'coordination'),
      ...begun('fact', 'f1', { case: 'e1', kind: 'attack', title: 'Chiffrement constaté', author: 'p1' }),
      ...begun('contact', 'k1', { case: 'e1', part: 'technical', person: { name: 'Ysaure Le Bihan', function: '', phone: '', mail: '' } }),
      ...begun('note', 'n1', { case: 'e1', text: 'Rappeler demain.', at: 1, author: 'p1' }),
    ];
    expect(told(changes).map(({ heading, told: lines }) => [heading, lines.map((each) => each.label)])).toEqual([
      ['Cas', ['Statut']],
      ['Nouveau fait\u00a0: Chiffrement constaté', ['Type']],
      ['Nouveau contact\u00a0: Ysaure Le Bihan', ['Personne', 'Rôle']],
      ['Nouvelle note', ['Texte']],
    ]);
  });

  it('leaves out what was empty and stays so, and what only repeats another line', () => {
    const changes = [
      ...begun('case', 'c1', { reference: 'PDL-2026-0042', perimeter: '', rsit: [], urgent: false, 'reached.reported': 1, 'report.impact': { state: 'unasked' } }),
      { ...change('organisation', 'naf', '', ''), id: 'o1' },
    ];
    expect(told(changes)).toEqual([
      { id: 'c1', heading: 'Nouveau cas', told: [{ label: 'Référence', before: null, after: 'PDL-2026-0042' }], rest: [] },
    ]);
  });

  it('keeps a “no” that replaces a “yes”', () => {
    expect(told([change('case', 'urgent', true, false)])[0]?.told).toEqual([{ label: 'Urgent', before: 'Oui', after: 'Non' }]);
  });

  it('with many fields shows the main ones, and keeps the others for whoever asks', () => {
    const answers = Object.fromEntries(['narrative', 'impact', 'actions', 'findings', 'defences', 'provider', 'expected'].map((field) => [
      `report.${field}`, { state: 'known', value: 'dit' },
    ]));
    const [group] = told(begun('case', 'c1', { ...answers, reference: 'PDL-2026-0042', title: 'Rançongiciel', kind: 'incident', urgent: true }));
    expect(group?.told.map((each) => each.label)).toEqual(['Titre', 'Type', 'Urgent']);
    expect(group?.rest).toHaveLength(8);
  });

  it('knows the name of a thing from an older entry of the page', () => {
    const withdrawal = { ...change('fact', 'removed', false, true), id: 'f1' };
    const before = begun('fact', 'f1', { case: 'e1', title: 'Chiffrement constaté' });
    const named = names([{ changes: [withdrawal] }, { changes: before }] as JournalLine[]);
    expect(groups([withdrawal], named)[0]?.heading).toBe('Fait\u00a0: Chiffrement constaté');
  });
});
