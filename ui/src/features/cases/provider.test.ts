import { describe, expect, it } from 'vitest';
import type { ListedFirm, ReferralView } from '$lib/api/generated';
import { plusDays, today } from '$lib/days';
import { standingOf } from './provider';

const listed = [{ face: { id: 'b', name: 'Bocalys' } }, { face: { id: 'a', name: 'Ardenvor' } }] as unknown as ListedFirm[];
const referral = (firm: string, step: ReferralView['step'], check_on: string | null) => ({ id: firm, firm, step, after: { check_on } }) as unknown as ReferralView;

describe('the line of the provider', () => {
  it('is none without a list', () => {
    expect(standingOf([])).toBeNull();
  });

  it('says what is missing while nobody was chosen', () => {
    expect(standingOf([{ listed, referrals: [], told_on: null }])?.text).toBe('liste gardée, à remettre au bénéficiaire');
    expect(standingOf([{ listed, referrals: [], told_on: plusDays(today(), -7) }])).toEqual({
      text: 'liste remise, choix à demander', check: 'en retard de 2\u00a0jours', late: true,
    });
    expect(standingOf([{ listed, referrals: [referral('b', 'declined', null)], told_on: null }])?.text).toBe('Bocalys a décliné, autre choix à faire');
  });

  it('says who is at work, of whichever list, and when to ask again', () => {
    const older = { listed, referrals: [referral('b', 'declined', null), referral('a', 'started', today())], told_on: null };
    expect(standingOf([{ listed, referrals: [], told_on: null }, older])).toEqual({ text: 'Ardenvor, au travail', check: 'prochain point aujourd’hui', late: false });
    expect(standingOf([{ listed, referrals: [referral('b', 'finished', null)], told_on: null }])?.check).toBe('');
  });
});
