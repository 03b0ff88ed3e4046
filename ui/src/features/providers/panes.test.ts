import { render } from 'svelte/server';
import { describe, expect, it } from 'vitest';
import type { ExcludedFirm, FirmFace, MatchView, ProviderNeeds, ProviderView, RankedFirm } from '$lib/api/generated';
import Detail from './Detail.svelte';
import FirmList from './FirmList.svelte';
import FirmTable from './FirmTable.svelte';
import { entries } from './firms';
import { NO_PROVIDER } from './form';
import NeedsPanel from './NeedsPanel.svelte';
import RegionMap from './RegionMap.svelte';
import ShortList from './ShortList.svelte';

const NANTES = { latitude: 47_218_370, longitude: -1_553_620 };
const ANGERS = { latitude: 47_471_160, longitude: -551_850 };
const LE_MANS = { latitude: 48_006_110, longitude: 199_560 };

const face = (name: string, commune: string, place: FirmFace['place']): FirmFace => ({ id: name, name, commune, departement: '49', place, labels: [], archived: false });
const bocalys: RankedFirm = {
  provider: face('Bocalys', 'Angers', ANGERS), score: 7_250, band: 1, drawn: 1, km: 81, referrals: 0, notices: [{ kind: 'reminder', reminder: { kind: 'insurance_unknown' } }], answers_from: null,
  criteria: [{ name: 'distance', level: 40, points: 400, maximum: 1_000, reason: { kind: 'distance', km: 81 } }],
};
const ardenvor: RankedFirm = { ...bocalys, provider: face('Ardenvor', 'Le Mans', LE_MANS), band: 2, drawn: null, km: 158, notices: [] };
const octobaie: ExcludedFirm = {
  provider: face('Octobaie', 'Nantes', NANTES), km: 0, reasons: [{ kind: 'on_site_too_late', promised: 48, wanted: 24 }], remedies: [{ kind: 'allow_on_site', hours: 48 }], comes_close: true,
};
const helicorne: ExcludedFirm = { provider: face('Hélicorne', '', null), km: null, reasons: [{ kind: 'conflict', tie: 'present' }], remedies: [], comes_close: false };
const needs: ProviderNeeds = {
  categories: ['ransomware'], services: ['containment'], technologies: [], kind: 'pme', public_body: false, headcount: 42, sector: 'C', reaction_hours: null, site_visit: true,
  on_site_hours: 24, location: null, maximum_km: 171, labels: [], panel: [], beneficiary: '', present: null, declined: [],
};
const view: MatchView = {
  seed: 42, algorithm: 1, on: '2026-03-12', inputs: 'ab'.repeat(32), needs, because: [{ need: 'category', value: 'ransomware', because: { reason: 'triage' } }], shares: [], caveats: [],
  shortlist: [bocalys.provider], replacements: [], ranked: [bocalys, ardenvor], excluded: [octobaie, helicorne], nobody_left: null, took_ms: 1,
};
const all = entries(view, ['Bocalys']);
const nothing = () => undefined;
/** The text of a page, without its marks. */
const said = (body: string) => body.replace(/<!--.*?-->/gs, '').replace(/<[^>]+>/g, ' ').replace(/ +/g, ' ');

describe('the list of firms', () => {
  const { body } = render(FirmList, { props: { view, fresh: true, entries: all, marked: ['Bocalys'], onmark: nothing, onconcede: nothing } });

  it('shows each band, what speaks for a firm and what is to be known of it', () => {
    expect(said(body)).toContain('Palier 1');
    expect(said(body)).toContain('seul à ce niveau');
    expect(said(body)).toContain('81\u202fkm du bénéficiaire');
    expect(said(body)).toContain('Assurance professionnelle à demander.');
  });

  it('tells why firms are left out', () => {
    expect(said(body)).toContain('1\u202fs’en approche');
    expect(said(body)).toContain('Conflit d’intérêts\u00a0: déjà sur place');
    expect(said(body)).toContain('Rien ne changerait ce résultat.');
  });
});

describe('the table', () => {
  it('says of every firm what the map says', () => {
    const { body } = render(FirmTable, { props: { entries: all } });
    for (const [firm, state] of [['Bocalys', 'Retenu'], ['Ardenvor', 'Possible'], ['Octobaie', 'S’en approche'], ['Hélicorne', 'Écarté']] as const) {
      expect(body).toMatch(new RegExp(`${firm}</th>\\s*(<!--.*?-->)*\\s*<td[^>]*>${state}`, 's'));
    }
  });
});

describe('the map', () => {
  it('has a text that says what it shows, and counts the firms that are not on it', () => {
    const { body } = render(RegionMap, { props: { places: [NANTES, ANGERS, LE_MANS], beneficiary: NANTES, commune: 'Nantes', entries: all, failed: false } });
    expect(body).toContain('Bénéficiaire\u00a0: Nantes. Retenus\u00a0: Bocalys (Angers, 81\u202fkm). Possibles\u00a0: 2. Écartés\u00a0: 1.');
    expect(said(body)).toContain('1 prestataire hors de la carte.');
    expect(body.match(/class="tie/g)).toHaveLength(1);
  });

  it('stands without the communes and without the beneficiary', () => {
    const { body } = render(RegionMap, { props: { places: [], beneficiary: null, commune: '', entries: all, failed: true } });
    expect(said(body)).toContain('La liste et le tableau restent complets.');
  });
});

describe('the needs', () => {
  it('say where a value comes from, and keep one that is none of the usual', () => {
    const { body } = render(NeedsPanel, { props: { needs, taken: { needs, because: view.because }, edited: false, nameOf: () => null, onchange: nothing, onreset: nothing } });
    expect(said(body)).toContain('Repris\u00a0: triage');
    expect(said(body)).toContain('171\u202fkm');
    expect(said(body)).not.toContain('Reprendre du cas');
  });
});

describe('the short list', () => {
  it('names who was replaced, and why', () => {
    const { body } = render(ShortList, {
      props: { view, entries: all, names: ['Ardenvor'], replacements: [{ out: 'Bocalys', by: 'Ardenvor', reason: 'Injoignable ce matin.' }], busy: false, onreplace: nothing, onkeep: nothing },
    });
    expect(said(body)).toContain('À la place de Bocalys\u00a0: Injoignable ce matin.');
    expect(said(body)).toContain('Garder cette liste');
  });
});

describe('the record of a firm', () => {
  it('tells what is missing, and what its filters will count against it', () => {
    const firm: ProviderView = {
      face: face('Bocalys', '', null), provider: { ...NO_PROVIDER, name: 'Bocalys' }, wrong: [{ field: 'areas', index: null, mistake: 'missing' }],
      reminders: [{ kind: 'confirmation_due', last: null }], key: 'absent', track: { by_category: { ransomware: 3 }, by_kind: {}, by_size: {}, satisfied: 0, answered: 0, open: 1, referrals: 2 },
    };
    const { body } = render(Detail, { props: { view: firm, blocked: null, onedit: nothing } });
    expect(said(body)).toContain('Zones d’intervention\u00a0: manque');
    expect(said(body)).toContain('Rançongiciel\u00a0: 3');
    expect(said(body)).toContain('À distance seulement');
    expect(said(body)).toContain('Non signée');
  });
});
