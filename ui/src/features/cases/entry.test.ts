import { expect, it } from 'vitest';
import type { JournalChange, JournalLine } from '$lib/api/generated';
import { groups, names } from './entry';

const change = (entity: string, field: string, before: unknown, after: unknown): JournalChange => ({
  entity, id: 'e1', field,
  before: before === undefined ? null : JSON.stringify(before),
  after: after === undefined ? null : JSON.stringify(after),
});
const begun = (entity: string, id: string, fields: Record<string, unknown>) =>
  Object.entries(fields).map(([field, value]) => ({ ...change(entity, field, undefined, value), id }));
const told = (changes: JournalChange[]) => groups(changes, names([{ changes } as JournalLine]));

it('an entry is told thing by thing, each under its name', () => {
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

it('an entry leaves out what was empty and stays so, and what only repeats another line', () => {
  const changes = [
    ...begun('case', 'c1', { reference: 'PDL-2026-0042', perimeter: '', rsit: [], urgent: false, 'reached.reported': 1, 'report.impact': { state: 'unasked' } }),
    { ...change('organisation', 'naf', '', ''), id: 'o1' },
  ];
  expect(told(changes)).toEqual([
    { id: 'c1', heading: 'Nouveau cas', told: [{ label: 'Référence', before: null, after: 'PDL-2026-0042' }], rest: [] },
  ]);
});

it('an entry keeps a “no” that replaces a “yes”', () => {
  expect(told([change('case', 'urgent', true, false)])[0]?.told).toEqual([{ label: 'Urgent', before: 'Oui', after: 'Non' }]);
});

it('an entry with many fields shows the main ones, and keeps the others for whoever asks', () => {
  const answers = Object.fromEntries(['narrative', 'impact', 'actions', 'findings', 'defences', 'provider', 'expected'].map((field) => [
    `report.${field}`, { state: 'known', value: 'dit' },
  ]));
  const [group] = told(begun('case', 'c1', { ...answers, reference: 'PDL-2026-0042', title: 'Rançongiciel', kind: 'incident', urgent: true }));
  expect(group?.told.map((each) => each.label)).toEqual(['Titre', 'Type', 'Urgent']);
  expect(group?.rest).toHaveLength(8);
});

it('the name of a thing is known from an older entry of the page', () => {
  const withdrawal = { ...change('fact', 'removed', false, true), id: 'f1' };
  const before = begun('fact', 'f1', { case: 'e1', title: 'Chiffrement constaté' });
  const named = names([{ changes: [withdrawal] }, { changes: before }] as JournalLine[]);
  expect(groups([withdrawal], named)[0]?.heading).toBe('Fait\u00a0: Chiffrement constaté');
});
