import { render } from 'svelte/server';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CaseView, FirmFace, ListedFirm, MatchView, ReferralFollowUp, ReferralView, SessionView, ShortlistView } from '$lib/api/generated';
import { plusDays, today } from '$lib/days';
import { session } from '$lib/session.svelte';
import FollowUpCard from './FollowUpCard.svelte';
import { NO_PROVIDER } from './form';
import KeptLists from './KeptLists.svelte';

const face = (id: string): FirmFace => ({ id, name: id, commune: 'Angers', departement: '49', place: null, labels: [], archived: false });
const firm = (id: string, phone: string): ListedFirm => ({
  face: face(id), km: 81, answers_from: null,
  provider: {
    ...NO_PROVIDER, name: id, on_site: true, on_site_within_hours: 24, reaction_hours: 2, hours: { rule: 'always' },
    contacts: [{ name: 'Jeanne Kervoal', function: 'Responsable de permanence', phone, mail: 'permanence@bocalys.example' }],
  },
});
const after: ReferralFollowUp = {
  handed_over_on: null, contact_on: null, quote_on: null, started_on: null, finished_on: null, satisfied: null, remediation: null, check_on: null, note: '',
};
const referral = (change: Partial<ReferralView>): ReferralView => ({
  id: 'r', firm: 'Bocalys', chosen_on: '2026-11-20', chosen_by: 'p1', step: 'chosen', duration_days: null, declined_on: null, declined_why: '', after, ...change,
});
const match = { replacements: [{ out: 'Ardenvor', by: 'Octobaie', reason: 'Injoignable ce matin.' }], shortlist: [], ranked: [{ provider: face('Ardenvor') }], excluded: [] } as unknown as MatchView;
const kept = (change: Partial<ShortlistView> = {}): ShortlistView => ({
  id: 'l1', made_at: '2026-11-20T09:00:00Z', made_by: 'p1', chosen: null, told_by: null, told_on: null, referrals: [], list: match,
  listed: [firm('Bocalys', '0261912763'), firm('Octobaie', '02.61.91.45.01')], ...change,
});
const about = { id: 'c1', consents: [], contacts: [] } as unknown as CaseView;
const nothing = () => undefined;
const said = (body: string) => body.replace(/<!--.*?-->/gs, '').replace(/<[^>]+>/g, ' ').replace(/ +/g, ' ');
const shown = (...lists: ShortlistView[]) => render(KeptLists, { props: { lists, about, onanother: nothing } }).body;

beforeEach(() => {
  session.view = {
    person: { id: 'p1', name: 'Nolwenn Quemener', role: 'analyst' }, people: [{ id: 'p1', name: 'Nolwenn Quemener', role: 'analyst' }], abilities: ['take_report', 'triage', 'prepare_document', 'read_cases'],
  } as unknown as SessionView;
});

describe('the list to hand over', () => {
  it('says whom to call, with the number as it is dictated, and why a name was changed', () => {
    const text = said(shown(kept()));
    expect(text).toContain('02\u00a061\u00a091\u00a027\u00a063');
    expect(text).toContain('02\u00a061\u00a091\u00a045\u00a001');
    expect(text).toContain('Jeanne Kervoal, Responsable de permanence');
    expect(text).toContain('Répond sous 2\u202fh. Sur place sous 24\u202fh');
    expect(text).toContain('À la place de Ardenvor\u00a0: Injoignable ce matin.');
    expect(text).toContain('Pas encore dite au bénéficiaire.');
    expect(text).toContain('Accord pour un prestataire non consigné.');
  });

  it('once told, says how and when the choice is asked for again', () => {
    const text = said(shown(kept({ told_by: 'phone', told_on: '2019-11-22' })));
    expect(text).toContain('Lue au téléphone le 22\u00a0novembre 2019.');
    expect(text).toMatch(/J\+5\u00a0: choix à demander en retard de \d+\u00a0jours, le 27\u00a0novembre 2019\./);
    expect(text).not.toContain('Noter comme envoyée');
  });

  it('shows the choice that is kept, and stands in the way of another once the firm has begun', () => {
    const chosen = shown(kept({ chosen: 'Bocalys', referrals: [referral({})] }));
    expect(chosen.match(/Noter le choix/g)).toHaveLength(1);
    expect(said(chosen)).toContain('Effacer le choix');
    const begun = said(shown(kept({ chosen: 'Bocalys', referrals: [referral({ step: 'started', after: { ...after, started_on: '2026-11-21' } })] })));
    expect(begun).toContain('Bocalys a déjà commencé.');
    expect(begun).not.toContain('Effacer le choix');
  });

  it('folds the lists of before, but for one that is still followed', () => {
    expect(shown(kept(), kept({ id: 'l0' }))).not.toMatch(/<details[^>]* open/);
    expect(shown(kept(), kept({ id: 'l0', referrals: [referral({ step: 'in_contact' })] }))).toMatch(/<details[^>]* open/);
  });
});

describe('the follow-up', () => {
  const card = (change: Partial<ReferralView>, onanother: (() => void) | null = null) =>
    render(FollowUpCard, { props: { referral: referral(change), name: 'Bocalys', about: 'c1', blocked: null, onanother } }).body;

  it('names each step and the day to ask again', () => {
    const late = card({ chosen_on: plusDays(today(), -7), after: { ...after, check_on: plusDays(today(), -2) } });
    expect(said(late)).toContain('J+5\u00a0: prochain point en retard de 2\u00a0jours');
    expect(late).toContain('aria-current="step"');
    expect(late).toContain('#/cases/c1/documents/prestataire');
  });

  it('tells how long it took, once finished, and asks no more', () => {
    const text = said(card({ step: 'finished', duration_days: 12, after: { ...after, finished_on: '2026-12-02', satisfied: true, remediation: 'whole' } }));
    expect(text).toContain('Terminé en 12\u00a0jours.');
    expect(text).toContain('Bénéficiaire satisfait. Tout est remis en état.');
    expect(text).not.toContain('Prochain point');
    expect(text).not.toContain('A décliné');
  });

  it('offers a new list when the firm declined', () => {
    const text = said(card({ step: 'declined', declined_on: '2019-11-21', declined_why: 'Équipe déjà engagée.' }, nothing));
    expect(text).toContain('Bocalys a décliné le 21\u00a0novembre 2019. Équipe déjà engagée.');
    expect(text).toContain('Tirer une nouvelle liste');
  });
});
