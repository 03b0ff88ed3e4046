import { describe, expect, it } from 'vitest';
import type { Rfc2350Finding, Rfc2350Fix } from '$lib/api/generated';
import { destination, isAutomatic, sourceOf } from './fixes';
import { isAddress, isVersion } from './head';

const found = (fix: Rfc2350Fix | null, section: Rfc2350Finding['section'] = null): Rfc2350Finding => ({
  code: 'missing', section, level: 'blocks', values: {}, fix,
});

describe('a finding', () => {
  it('is settled by the product where no person is needed', () => {
    expect(isAutomatic({ fix: 'set_tlp', tlp: 'TLP:CLEAR' })).toBe(true);
    expect(isAutomatic({ fix: 'leave_out', section: 'fax' })).toBe(true);
    expect(isAutomatic({ fix: 'translate', section: 'mission' })).toBe(false);
    expect(isAutomatic({ fix: 'extend_key' })).toBe(false);
  });

  it('leads to the field where a person settles it', () => {
    expect(destination(found({ fix: 'write', section: 'mission' }))).toEqual({ to: 'text', section: 'mission', lang: 'fr' });
    expect(destination(found({ fix: 'translate', section: 'mission' }))).toEqual({ to: 'text', section: 'mission', lang: 'en' });
    expect(destination(found({ fix: 'change_place', section: 'location' }))).toEqual({ to: 'head', field: 'found_at' });
    expect(destination(found({ fix: 'change_place', section: 'distribution' }))).toEqual({ to: 'head', field: 'announced_at' });
    expect(destination(found({ fix: 'change_place', section: 'keys' }))).toEqual({ to: 'head', field: 'key_at' });
    expect(destination(found({ fix: 'fill_profile', field: 'phone' }))).toEqual({ to: 'profile' });
    expect(destination(found({ fix: 'extend_key' }))).toEqual({ to: 'key' });
  });

  it('leads at least to its section', () => {
    expect(destination(found(null, 'keys'))).toEqual({ to: 'section', section: 'keys' });
    expect(destination(found(null))).toBeNull();
  });
});

describe('facts', () => {
  it('come from the profile, the key or the head', () => {
    expect([sourceOf('telephone'), sourceOf('keys'), sourceOf('last_update')]).toEqual(['profile', 'key', 'head']);
  });
});

describe('the head', () => {
  it('knows an address and a version', () => {
    expect(['https://csirt.example/rfc2350', 'http://csirt.example'].every(isAddress)).toBe(true);
    expect(['csirt.example', 'https://csirt', 'https://csirt.example/deux mots', 'javascript:alert(1)'].some(isAddress)).toBe(false);
    expect(['1', '1.5', '10.0.2'].every(isVersion)).toBe(true);
    expect(['', 'v1', '1.', '1,5'].some(isVersion)).toBe(false);
  });
});
