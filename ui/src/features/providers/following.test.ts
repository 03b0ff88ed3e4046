import { describe, expect, it } from 'vitest';
import type { ReferralFollowUp, ReferralView } from '$lib/api/generated';
import { isOpen, mistakes, nextCheck, stages, standing } from './following';

const none: ReferralFollowUp = {
  handed_over_on: null, contact_on: null, quote_on: null, started_on: null, finished_on: null, satisfied: null, remediation: null, check_on: null, note: '',
};
const referral = (step: ReferralView['step'], id: string): ReferralView => ({
  id, firm: 'f', chosen_on: '2026-11-20', chosen_by: 'p', step, duration_days: null, declined_on: null, declined_why: '', after: none,
});

describe('the way of a firm', () => {
  it('tells what is done, what was left out and what comes next', () => {
    const after = { ...none, contact_on: '2026-11-21', started_on: '2026-11-22' };
    expect(stages({ chosen_on: '2026-11-20', after }).map(({ stage, state }) => `${stage} ${state}`)).toEqual([
      'chosen done', 'handed_over skipped', 'in_contact done', 'quoted skipped', 'started done', 'finished next',
    ]);
    expect(stages({ chosen_on: '2026-11-20', after: none }).map(({ state }) => state)).toEqual(['done', 'next', 'later', 'later', 'later', 'later']);
  });
});

describe('the next check', () => {
  it('is five days on while nobody spoke, a fortnight then, and none at the end', () => {
    expect(nextCheck(none, '2026-11-25')).toBe('2026-11-30');
    expect(nextCheck({ ...none, handed_over_on: '2026-11-21' }, '2026-11-25')).toBe('2026-11-30');
    expect(nextCheck({ ...none, contact_on: '2026-11-21' }, '2026-11-25')).toBe('2026-12-09');
    expect(nextCheck({ ...none, finished_on: '2026-11-25' }, '2026-11-25')).toBeNull();
  });
});

describe('a day', () => {
  const of = (days: Partial<ReferralFollowUp>) => mistakes({ ...none, ...days }, '2026-11-20', '2026-12-01');

  it('is neither in the future nor before the step that comes first', () => {
    expect(of({ finished_on: '2026-12-02' })).toEqual({ finished_on: 'inTheFuture' });
    expect(of({ contact_on: '2026-11-19' })).toEqual({ contact_on: 'outOfOrder' });
    expect(of({ contact_on: '2026-11-24', started_on: '2026-11-22' })).toEqual({ started_on: 'outOfOrder' });
  });

  it('of the hand-over may come late', () => {
    expect(of({ handed_over_on: '2026-11-24', contact_on: '2026-11-21', finished_on: '2026-12-01' })).toEqual({});
  });
});

describe('the choice that stands', () => {
  it('is the last one that was not declined', () => {
    const [first, second] = [referral('declined', 'a'), referral('in_contact', 'b')];
    expect(standing({ referrals: [first, second] })?.id).toBe('b');
    expect(standing({ referrals: [second, { ...first, id: 'c' }] })?.id).toBe('b');
    expect(standing({ referrals: [first] })).toBeNull();
    expect(isOpen({ referrals: [referral('finished', 'd')] })).toBe(false);
    expect(isOpen({ referrals: [second] })).toBe(true);
  });
});
