// A small typed router on the fragment: `#/cases/<id>/journal?text=vpn`. The browser's history gives back and forward.

export type TeamSection = 'people' | 'profile' | 'settings' | 'mail' | 'templates' | 'key' | 'journal' | 'passphrase' | 'about';
/** What the left side of the mail shows. */
export type MailPlace = 'unfiled' | 'received' | 'sent' | 'outbox' | 'drafts';

export type Route =
  | { screen: 'today' }
  | { screen: 'reports' }
  | { screen: 'report'; draft: string | null }
  | { screen: 'cases'; params: Record<string, string> }
  /** `part` is what the tab opens with: of the documents, a reader or a document. */
  | { screen: 'case'; id: string; tab: string; part?: string }
  | { screen: 'mail'; place: MailPlace; id: string | null }
  | { screen: 'compose'; draft: string }
  | { screen: 'keyring'; id: string | null }
  | { screen: 'matching'; id: string }
  | { screen: 'providers'; id: string | null }
  | { screen: 'rules' }
  | { screen: 'equality' }
  /** One event, many beneficiaries: the plans, a new one (`new`), or one that is kept. */
  | { screen: 'crisis'; id: string | null }
  | { screen: 'documents' }
  | { screen: 'verify' }
  | { screen: 'rfc2350'; chapter: string | null; section: string | null }
  | { screen: 'readiness'; programme: string | null }
  | { screen: 'team'; section: TeamSection };

export type Screen = Route['screen'];

const SECTIONS: readonly TeamSection[] = ['people', 'profile', 'settings', 'mail', 'templates', 'key', 'journal', 'passphrase', 'about'];
export const MAIL_PLACES: readonly MailPlace[] = ['unfiled', 'received', 'sent', 'outbox', 'drafts'];

/** The route of a fragment; an unknown one is today's screen. */
export function parse(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#?\/?/, '').split('?');
  const parts = path.split('/').filter((part) => part !== '');
  const [screen, first, second, third] = parts.map(decoded);
  switch (screen) {
    case 'reports':
      return { screen: 'reports' };
    case 'report':
      return { screen: 'report', draft: first ?? null };
    case 'cases':
      return first
        ? { screen: 'case', id: first, tab: second ?? 'summary', ...(third !== undefined && { part: third }) }
        : { screen: 'cases', params: Object.fromEntries(new URLSearchParams(query)) };
    case 'mail':
      return { screen: 'mail', place: MAIL_PLACES.find((known) => known === first) ?? 'unfiled', id: second ?? null };
    case 'compose':
      return first ? { screen: 'compose', draft: first } : { screen: 'mail', place: 'drafts', id: null };
    case 'keyring':
      return { screen: 'keyring', id: first ?? null };
    case 'match':
      return first ? { screen: 'matching', id: first } : { screen: 'cases', params: {} };
    case 'providers':
      return { screen: 'providers', id: first ?? null };
    case 'rules':
      return { screen: 'rules' };
    case 'equality':
      return { screen: 'equality' };
    case 'crisis':
      return { screen: 'crisis', id: first ?? null };
    case 'documents':
      return { screen: 'documents' };
    case 'verify':
      return { screen: 'verify' };
    case 'rfc2350':
      return { screen: 'rfc2350', chapter: first ?? null, section: second ?? null };
    case 'readiness':
      return { screen: 'readiness', programme: first ?? null };
    case 'team':
      return { screen: 'team', section: SECTIONS.find((known) => known === first) ?? 'people' };
    default:
      return { screen: 'today' };
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The fragment of a route, for links. */
export function href(route: Route): string {
  switch (route.screen) {
    case 'report':
      return route.draft ? `#/report/${encodeURIComponent(route.draft)}` : '#/report';
    case 'cases': {
      const query = new URLSearchParams(route.params).toString();
      return query === '' ? '#/cases' : `#/cases?${query}`;
    }
    case 'case':
      return ['#/cases', encodeURIComponent(route.id), route.tab !== 'summary' && encodeURIComponent(route.tab), route.part !== undefined && encodeURIComponent(route.part)].filter(Boolean).join('/');
    case 'mail':
      return ['#/mail', route.place, route.id && encodeURIComponent(route.id)].filter(Boolean).join('/');
    case 'compose':
      return `#/compose/${encodeURIComponent(route.draft)}`;
    case 'keyring':
      return route.id ? `#/keyring/${encodeURIComponent(route.id)}` : '#/keyring';
    case 'matching':
      return `#/match/${encodeURIComponent(route.id)}`;
    case 'providers':
      return route.id ? `#/providers/${encodeURIComponent(route.id)}` : '#/providers';
    case 'crisis':
      return route.id ? `#/crisis/${encodeURIComponent(route.id)}` : '#/crisis';
    case 'rfc2350':
      return ['#/rfc2350', route.chapter, route.chapter && route.section].filter(Boolean).join('/');
    case 'readiness':
      return route.programme ? `#/readiness/${encodeURIComponent(route.programme)}` : '#/readiness';
    case 'team':
      return `#/team/${route.section}`;
    default:
      return `#/${route.screen}`;
  }
}

class Router {
  route = $state.raw<Route>(parse(typeof location === 'undefined' ? '' : location.hash));

  /** Follows the address bar from now on; returns how to stop. */
  follow(): () => void {
    const read = () => (this.route = parse(location.hash));
    read();
    addEventListener('hashchange', read);
    return () => removeEventListener('hashchange', read);
  }

  /** Goes to a screen and leaves a step in the history. */
  go(route: Route): void {
    location.hash = href(route);
  }

  /** Changes the address without a step in the history: filters, a draft that got its identifier. */
  replace(route: Route): void {
    history.replaceState(null, '', href(route));
    this.route = route;
  }

  back(): void {
    history.back();
  }
}

export const router = new Router();
