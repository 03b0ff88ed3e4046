import { render } from 'svelte/server';
import { describe, expect, it } from 'vitest';
import type { CrisisCaseFace, CrisisView, FirmFace, Grade } from '$lib/api/generated';
import { left, loads, pinsWithin, settled, summary, whyLeft, whyServed } from './plan';
import PlanView from './PlanView.svelte';

const firm = (id: string, name: string): FirmFace => ({ id, name, commune: 'Angers', departement: '49', place: null, labels: [], archived: false });
const of = (id: string, grade: Grade): CrisisCaseFace => ({ id, reference: `PDL-2026-${id}`, organisation: `Mairie ${id}`, commune: 'Cholet', place: null, grade, tlp: 'TLP:AMBER' });
const view: CrisisView = {
  kept: null,
  cases: [of('01', 'G2'), of('02', 'G4'), of('03', 'G3'), of('04', 'G1'), of('05', 'G2')],
  firms: [firm('f-o', 'Octobaie'), firm('f-b', 'Bocalys'), firm('f-x', 'Hélicorne')],
  pins: [{ case: '02', firm: 'f-o', reason: 'Déjà sur place.' }, { case: '05', firm: null, reason: 'Fermée.' }],
  assignment: {
    algorithm: 1, seed: 7, on: '2026-11-22',
    assigned: [
      { case: '01', firm: 'f-o', km: 40, passing: 3, by_hand: false, nearer_but_full: ['f-x'] },
      { case: '02', firm: 'f-o', km: null, passing: 1, by_hand: true, nearer_but_full: [] },
      { case: '03', firm: 'f-b', km: 12, passing: 2, by_hand: false, nearer_but_full: [] },
    ],
    unserved: [
      { case: '05', because: { kind: 'held_back' } },
      { case: '04', because: { kind: 'nobody_passes', instead: { relax: ['distance'], gives: 2, call: ['17cyber'] } } },
    ],
  },
};
const said = (body: string) => body.replace(/<!--.*?-->/gs, '').replace(/<[^>]+>/g, ' ').replace(/ +/g, ' ');

describe('a plan', () => {
  it('goes by firm, the gravest case first; a firm without a case is not shown', () => {
    expect(loads(view).map((load) => [load.firm.name, load.cases.map((one) => one.of.id)])).toEqual([['Bocalys', ['03']], ['Octobaie', ['02', '01']]]);
    expect(left(view).map((one) => one.of.id)).toEqual(['05', '04']);
  });

  it('tells why', () => {
    const [bocalys, octobaie] = loads(view);
    expect(whyServed(bocalys!.cases[0]!, view.firms).join(' ')).toContain('la mieux placée');
    expect(whyServed(octobaie!.cases[0]!, view.firms)).toEqual(['Réglé à la main\u00a0: Déjà sur place.']);
    expect(whyServed(octobaie!.cases[1]!, view.firms).join(' ')).toContain('Hélicorne');
    expect(left(view).map(whyLeft)).toEqual(['Personne n’est envoyé, réglé à la main\u00a0: Fermée.', 'Aucune entreprise ne passe les filtres de ce cas.']);
    expect(summary(view)).toBe('3 cas servis sur 5');
  });

  it('keeps one decision for a case, and none for a case that left', () => {
    const again = settled(view.pins, '02', { case: '02', firm: 'f-b', reason: 'Autre.' });
    expect(again.map((pin) => [pin.case, pin.firm])).toEqual([['05', null], ['02', 'f-b']]);
    expect(settled(view.pins, '02', null).map((pin) => pin.case)).toEqual(['05']);
    expect(pinsWithin(view.pins, ['05'])).toHaveLength(1);
  });

  it('is shown with what to do for those to whom nobody goes', () => {
    const { body } = render(PlanView, { props: { view, onsettle: () => undefined, onrelease: () => undefined } });
    expect(said(body)).toContain('2 cas sans entreprise');
    expect(said(body)).toContain('En renonçant à la distance, 2 prestataires conviendraient.');
    expect(said(body)).toContain('17cyber.gouv.fr');
    expect(body).toContain('Régler à la main\u00a0: PDL-2026-01');
    expect(body).toContain('Laisser le calcul décider\u00a0: PDL-2026-02');
    const kept = render(PlanView, { props: { view } }).body;
    expect(kept).not.toContain('Régler à la main');
  });
});
