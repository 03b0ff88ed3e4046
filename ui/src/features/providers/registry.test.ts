import { render } from 'svelte/server';
import { describe, expect, it } from 'vitest';
import type { EqualityView, FirmFace, MatchRules, Provider, ProviderView } from '$lib/api/generated';
import Detail from './Detail.svelte';
import Filters from './equality/Filters.svelte';
import { linesOf } from './equality/report';
import Shares from './equality/Shares.svelte';
import ShareTable from './equality/ShareTable.svelte';
import FirmIdentity from './firm/FirmIdentity.svelte';
import FirmLabels from './firm/FirmLabels.svelte';
import FirmSkills from './firm/FirmSkills.svelte';
import FirmTerms from './firm/FirmTerms.svelte';
import FirmWork from './firm/FirmWork.svelte';
import { figuresOf, withFigures } from './firm/figures';
import { NO_PROVIDER } from './form';
import Delegation from './rules/Delegation.svelte';
import { draftOf } from './rules/rules';
import RulesForm from './rules/RulesForm.svelte';

/** The text of a page, without its marks. */
const said = (body: string) => body.replace(/<!--.*?-->/gs, '').replace(/<[^>]+>/g, ' ').replace(/ +/g, ' ');
const nothing = () => undefined;
const none = () => null;
const face = (id: string, name: string): FirmFace => ({ id, name, commune: 'Angers', departement: '49', place: null, labels: [], archived: false });
const firm: Provider = {
  ...NO_PROVIDER, name: 'Bocalys', contacts: [{ name: 'Maëlle Orain', function: '', phone: '', mail: '' }, { name: 'Astreinte', function: '', phone: '', mail: '' }],
  areas: [{ kind: 'epci', siren: '244400404' }, { kind: 'radius', km: 40 }], labels: [{ kind: 'pris', level: 'high', activities: ['INV'], name: '', number: '7', expires: null, evidence: 'ab'.repeat(32) }],
  hours: { rule: 'working_days', from_minute: 480, until_minute: 1140 }, on_site: true, absences: [{ from: '2026-08-10', to: '2026-08-01', reason: '' }],
  conflicts: [{ kind: 'beneficiary', siren: '1', note: 'infogérant' }], languages: ['fr', 'cy'],
  papers: [{ kind: 'label', label: 'pris', name: 'pris-2026.pdf', size: 482_000, sha256: 'ab'.repeat(32), added_on: '2026-02-03' }],
};

describe('the form of a firm', () => {
  it('shows every part of a record, with what is wrong at its place', () => {
    const tell = (field: string, index: number | null = null) => (field === 'absences' && index === 0 ? 'Finit avant de commencer' : field === 'conflicts' && index === 0 ? 'Forme inexacte' : null);
    const work = render(FirmWork, { props: { draft: firm, figures: figuresOf(firm), tell, wrongFigure: none } }).body;
    expect(said(work)).toContain('40\u202fkm autour de sa commune');
    expect(said(work)).toContain('Intercommunalité 244400404');
    expect(said(work)).toContain('Finit avant de commencer');
    expect(work).toContain('value="08:00"');
    expect(said(work)).toContain('gallois');
    expect(render(FirmIdentity, { props: { draft: firm, tell: none } }).body).toContain('Faire monter Astreinte');
    expect(said(render(FirmSkills, { props: { draft: firm, tell: none } }).body)).toContain('Communication de crise');
    expect(said(render(FirmLabels, { props: { draft: firm, tell: none } }).body)).toContain('pris-2026.pdf');
    expect(said(render(FirmTerms, { props: { draft: firm, tell } }).body)).toContain('Forme inexacte');
  });

  it('takes its numbers only when they are some', () => {
    const figures = { capacity: '2', on_site: '24', reaction: '' };
    expect(withFigures(firm, figures)).toMatchObject({ capacity: 2, on_site_within_hours: 24, reaction_hours: null });
    expect(withFigures(firm, { ...figures, capacity: 'deux' })).toBeNull();
    // Where nobody comes to the site, nobody promises a delay.
    expect(withFigures({ ...firm, on_site: false }, { ...figures, on_site: 'x' })).toMatchObject({ on_site_within_hours: null });
  });
});

describe('the record of a firm', () => {
  it('shows its papers, and says why it cannot be written to', () => {
    const view: ProviderView = {
      face: face('f', 'Bocalys'), provider: firm, wrong: [], reminders: [], key: 'absent', track: { by_category: {}, by_kind: {}, by_size: {}, satisfied: 0, answered: 0, open: 0, referrals: 0 },
    };
    const { body } = render(Detail, { props: { view, blocked: null, onedit: nothing } });
    expect(said(body)).toContain('Preuve de label\u00a0: PRIS, 482\u202fko, ajoutée le 3\u00a0février');
    expect(said(body)).toContain('Écrire à l’entreprise');
    expect(body).toContain('Retirer pris-2026.pdf');
  });
});

describe('the rule', () => {
  const rules: MatchRules = { weights: { experience: 0, technologies: 0, label: 0, distance: 0, on_site: 0, key: 0, kind: 0, size: 0, satisfaction: 0 }, band_points: 100, names: 3 };

  it('says what all weights at nought mean, and is only read by others', () => {
    const own = render(RulesForm, { props: { draft: draftOf(rules), may: true } }).body;
    expect(said(own)).toContain('tirées au sort à égalité');
    expect(said(own)).toContain('Un seul palier');
    expect(own.match(/type="number"/g)).toHaveLength(10);
    expect(render(RulesForm, { props: { draft: draftOf({ ...rules, weights: { ...rules.weights, label: 3 } }), may: false } }).body.match(/type="number"/g)).toHaveLength(1);
  });

  it('shows the word of the lead', () => {
    const delegation = { text: 'Délégation du 2 novembre', signature: 'S', rules_sha256: 'aa', fingerprint: 'ED9C', signed_by: 'x', signed_at: '2026-11-02T08:12:00Z' };
    const { body } = render(Delegation, { props: { delegation, unsaved: false, onchange: nothing } });
    expect(said(body)).toContain('La délégation est en vigueur.');
    expect(said(body)).toContain('Délégation du 2 novembre');
    expect(said(render(Delegation, { props: { delegation: null, unsaved: true, onchange: nothing } }).body)).toContain('chaque liste attend');
  });
});

describe('the equality report', () => {
  it('marks an unusual deviation by a word, in the chart and in the table', () => {
    const share = { passed: 40, left_out: 3, drawn: 33, expected_millionths: 17_200_000, real_share: 1_642, expected_share: 856, deviation_hundredths: 412, listed: 30, chosen: 8 };
    const view: EqualityView = {
      firms: [face('a', 'Ligérys'), face('b', 'Octobaie')],
      report: {
        from: '2026-01-01', until: '2026-11-22', lists: 67, names: 201, without_choice: 19,
        firms: [{ ...share, firm: 'a' }, { ...share, firm: 'b', deviation_hundredths: -300 }],
        filters: [{ filter: 'distance', times: 4, firms: [{ firm: 'a', times: 3 }, { firm: 'z', times: 1 }] }],
      },
    };
    const lines = linesOf(view);
    const chart = said(render(Shares, { props: { lines } }).body);
    expect(chart).toContain('16,4\u202f% pour 8,6\u202f% attendus');
    expect(chart.match(/Écart inhabituel/g)).toHaveLength(1);
    const table = render(ShareTable, { props: { lines } }).body;
    expect(table.match(/inhabituel/g)).toHaveLength(1);
    expect(table).toContain('aria-sort="descending"');
    expect(said(render(Filters, { props: { view } }).body)).toContain('La distance 4 Ligérys (3)');
  });
});
