import { describe, expect, it } from 'vitest';
import type { TeamProfile } from '$lib/api/generated';
import { check, clockOf, linesOf, minutesOf, refused } from './check';

const usable: TeamProfile = {
  short_name: 'Équipe d’essai', full_name: 'CSIRT d’essai', host: 'Région d’essai', address: ['1, rue de l’Essai'], region: '52',
  reference_prefix: 'ESS', phone: '02 61 91 00 00', mail: 'equipe@csirt.example', website: '',
  opening: { rule: { rule: 'always' }, text_fr: '', text_en: '' }, authorities: [], disclaimer_fr: '', disclaimer_en: '', sectors: [],
};

describe('the profile', () => {
  it('has no problem when it is usable', () => {
    expect(check(usable)).toEqual({});
  });

  it('names every field that is missing, at once', () => {
    const empty = { ...usable, short_name: ' ', address: [''], mail: '', region: '' };
    expect(check(empty)).toEqual({ short_name: 'missing', address: 'missing', mail: 'missing', region: 'missing' });
  });

  it('knows the shape of a prefix, an address and hours', () => {
    for (const prefix of ['P', 'ABCDEF', 'pdl', 'ÉT']) expect(check({ ...usable, reference_prefix: prefix })).toEqual({ reference_prefix: 'prefix' });
    for (const mail of ['a', 'a@b', 'a b@c.example', 'a@b@c.example']) expect(check({ ...usable, mail })).toEqual({ mail: 'mail' });
    const rule = { rule: 'working_days' as const, from_minute: 600, until_minute: 540 };
    expect(check({ ...usable, opening: { ...usable.opening, rule } })).toEqual({ 'opening.rule': 'hours' });
  });

  it('places an authority by its number', () => {
    const authority = { name: '', phone: '', mail: 'pas une adresse', url: '', note: '', source: '', checked_on: null };
    expect(check({ ...usable, authorities: [authority] })).toEqual({ 'authorities.0.name': 'missing', 'authorities.0.mail': 'mail' });
  });
});

describe('what the host refuses', () => {
  const said = (field: string | null, message: string) => refused({ code: 'invalid', field, message });

  it('is told at the field, with its reason', () => {
    expect(said('profile.mail', 'bad_shape')).toEqual({ mail: 'mail' });
    expect(said('profile.authorities.2.url', 'bad_shape')).toEqual({ 'authorities.2.url': 'web' });
    expect(said('profile.host', 'bad_shape')).toEqual({ host: 'shape' });
    expect(said('profile.opening.rule', 'bad_shape')).toEqual({ 'opening.rule': 'hours' });
    expect(said('profile.full_name', 'too_long')).toEqual({ full_name: 'line_too_long' });
    expect(said('profile.disclaimer_fr', 'too_long')).toEqual({ disclaimer_fr: 'text_too_long' });
    expect(said('profile.authorities', 'too_long')).toEqual({ authorities: 'too_many' });
    expect(said('profile.region', 'missing')).toEqual({ region: 'missing' });
  });

  it('is told at the list, for one of its lines', () => {
    expect(said('profile.address.1', 'too_long')).toEqual({ address: 'line_too_long' });
    expect(said('profile.sectors.4', 'repeated')).toEqual({ sectors: 'repeated' });
  });

  it('is left to others when it is not about the profile', () => {
    expect(said('lead_name', 'missing')).toEqual({});
    expect(said(null, 'x')).toEqual({});
    expect(refused(new Error('x'))).toEqual({});
  });
});

it('clock times go to minutes and back', () => {
  expect(minutesOf('09:30')).toBe(570);
  expect(minutesOf('25:00')).toBeNull();
  expect(clockOf(570)).toBe('09:30');
  expect(linesOf(' a \n\n b')).toEqual(['a', 'b']);
});
