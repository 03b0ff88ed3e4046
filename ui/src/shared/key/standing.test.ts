import { describe, expect, it } from 'vitest';
import { canVerify, groups, lines, standing, toneOf } from './standing';

describe('the standing of a key', () => {
  it('is verified only when it can be used', () => {
    expect(standing({ trust: 'verified', fitness: 'fit' })).toBe('verified');
    expect(standing({ trust: 'verified', fitness: 'expired' })).toBe('expired');
    expect(standing({ trust: 'verified', fitness: 'revoked' })).toBe('revoked');
    expect(toneOf(standing({ trust: 'verified', fitness: 'expired' }))).toBe('expired');
  });

  it('is refused whatever the key could do', () => {
    expect(standing({ trust: 'refused', fitness: 'expired' })).toBe('refused');
  });

  it('is absent without a key', () => {
    expect(standing({ trust: null, fitness: null })).toBe('absent');
  });

  it('asks to be verified again after a change', () => {
    expect(standing({ trust: 'to_verify_again', fitness: 'fit' })).toBe('again');
    expect(canVerify('again')).toBe(true);
    expect(canVerify('verified')).toBe(false);
  });
});

describe('a fingerprint', () => {
  it('is read by groups of four, five to a line', () => {
    const fingerprint = '7c1e04b922d85f60a3c79b14e6d20f8a51b3c94e';
    expect(groups(fingerprint)).toHaveLength(10);
    expect(lines(fingerprint)).toEqual([['7C1E', '04B9', '22D8', '5F60', 'A3C7'], ['9B14', 'E6D2', '0F8A', '51B3', 'C94E']]);
    expect(groups('7C1E 04B9')).toEqual(['7C1E', '04B9']);
    expect(groups('')).toEqual([]);
  });
});
