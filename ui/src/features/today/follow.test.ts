import { render } from 'svelte/server';
import { expect, it } from 'vitest';
import type { FollowUpDue } from '$lib/api/generated';
import { plusDays, today } from '$lib/days';
import FollowUps from './FollowUps.svelte';

const about = { id: 'c1', reference: 'PDL-2026-0042', title: 'Rançongiciel à la mairie' };
const face = { id: 'f', name: 'Bocalys', commune: '', departement: '', place: null, labels: [], archived: false };
const due: FollowUpDue[] = [
  { case: about, tlp: 'TLP:AMBER', list: 'l', referral: 'r', firm: face, step: 'in_contact', since: plusDays(today(), -9), on: plusDays(today(), -2) },
  { case: { ...about, id: 'c2' }, tlp: 'TLP:GREEN', list: 'm', referral: null, firm: null, step: null, since: plusDays(today(), -5), on: today() },
];
const said = (body: string) => body.replace(/<!--.*?-->/gs, '').replace(/<[^>]+>/g, ' ').replace(/\s+/g, (space) => (/[\u00a0\u202f]/.test(space) ? space : ' '));

it('the follow-ups of the day say what is asked of whom, and how late it is', () => {
  const { body } = render(FollowUps, { props: { due, may: true } });
  expect(said(body)).toContain('PDL-2026-0042, Bocalys, en contact');
  expect(said(body)).toContain('en retard de 2\u00a0jours');
  expect(said(body)).toContain('J+5\u00a0: aujourd’hui');
  expect(said(body)).toContain('Choix d’un prestataire à demander');
  expect(body).toContain('#/match/c2');
});
