import { describe, expect, it } from 'vitest';
import { href, parse, type Route } from './router.svelte';

describe('the router', () => {
  it('gives back the route of every link that it makes', () => {
    const routes: Route[] = [
      { screen: 'today' },
      { screen: 'reports' },
      { screen: 'report', draft: null },
      { screen: 'report', draft: '0190-a' },
      { screen: 'cases', params: {} },
      { screen: 'cases', params: { text: 'rançon & bordure?', view: 'mine' } },
      { screen: 'case', id: '0190-b', tab: 'summary' },
      { screen: 'case', id: '0190-b', tab: 'journal' },
      { screen: 'case', id: '0190-b', tab: 'documents', part: 'prestataire' },
      { screen: 'mail', place: 'unfiled', id: null },
      { screen: 'mail', place: 'outbox', id: '0190-c' },
      { screen: 'compose', draft: '0190-d' },
      { screen: 'keyring', id: null },
      { screen: 'keyring', id: '0190-e' },
      { screen: 'matching', id: '0190-b' },
      { screen: 'providers', id: null },
      { screen: 'providers', id: '0190-f' },
      { screen: 'rules' },
      { screen: 'equality' },
      { screen: 'crisis', id: null },
      { screen: 'crisis', id: 'new' },
      { screen: 'team', section: 'templates' },
      { screen: 'documents' },
      { screen: 'verify' },
      { screen: 'rfc2350', chapter: null, section: null },
      { screen: 'rfc2350', chapter: 'contact', section: null },
      { screen: 'rfc2350', chapter: 'contact', section: 'keys' },
      { screen: 'team', section: 'key' },
    ];
    for (const route of routes) expect(parse(href(route))).toEqual(route);
  });

  it('falls back on today for what it does not know', () => {
    for (const hash of ['', '#', '#/', '#/nowhere/at/all', '#/%E0%A4%A']) expect(parse(hash)).toEqual({ screen: 'today' });
    expect(parse('#/mail/nowhere')).toEqual({ screen: 'mail', place: 'unfiled', id: null });
    expect(parse('#/compose')).toEqual({ screen: 'mail', place: 'drafts', id: null });
    expect(parse('#/match')).toEqual({ screen: 'cases', params: {} });
    expect(parse('#/team/nowhere')).toEqual({ screen: 'team', section: 'people' });
  });
});
