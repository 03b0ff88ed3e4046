import { describe, expect, it } from 'vitest';
import type { CorrespondentKey } from '$lib/api/generated';
import { endings, nameOf, needsAttention, shownBy } from './keys';

const key = (rest: Partial<CorrespondentKey> = {}): CorrespondentKey => ({
  id: '0190-k', fingerprint: '', user_ids: ['Anne Delorme <a.delorme@mairie.example>'], addresses: ['a.delorme@mairie.example'], trust: 'verified',
  fitness: 'fit', expires: null, days: null, origin: 'file', first_seen: '2026-03-12T08:42:00Z', verification: null, refused_for: '', keys: [],
  qr: { size: 0, path: '' }, organisations: [], rivals: [], entry: '', ...rest,
});

describe('a key of the ring', () => {
  it('is called by the name of its owner, else by its address', () => {
    expect(nameOf(key())).toBe('Anne Delorme');
    expect(nameOf(key({ user_ids: ['<a@b.example>'], addresses: ['a@b.example'] }))).toBe('a@b.example');
    expect(nameOf(key({ user_ids: [], addresses: [] }))).toBe('');
  });

  it('asks for attention when it changed, ended or is about to', () => {
    expect(needsAttention(key())).toBe(false);
    expect(needsAttention(key({ trust: 'to_verify_again' }))).toBe(true);
    expect(needsAttention(key({ fitness: 'revoked' }))).toBe(true);
    expect(needsAttention(key({ days: 12 }))).toBe(true);
    expect(needsAttention(key({ trust: 'refused', fitness: 'revoked' }))).toBe(false);
  });

  it('is not listed as verified once it has ended', () => {
    expect(shownBy('verified', key())).toBe(true);
    expect(shownBy('verified', key({ fitness: 'expired' }))).toBe(false);
    expect(shownBy('seen', key({ trust: 'seen' }))).toBe(true);
    expect(shownBy('all', key({ trust: 'refused' }))).toBe(true);
  });
});

describe('the reminders', () => {
  it('begin with the key that ends first and leave out what nobody uses', () => {
    const keys = [key({ id: 'a', days: 40 }), key({ id: 'b', days: -3, fitness: 'expired' }), key({ id: 'c', days: 2, trust: 'refused' }), key({ id: 'd' })];
    expect(endings(keys).map((each) => each.id)).toEqual(['b', 'a']);
  });
});
