// Where the application stands: its status, the open session, the counts, the preferences of this workstation.
import { api } from './api/client';
import type { Ability, AppStatus, CaseCounts, MailCounts, Preferences, ReferenceView, SessionView } from './api/generated';
import { speech } from './messages/index.svelte';
import { router } from './router.svelte';

class Session {
  status = $state.raw<AppStatus | null>(null);
  view = $state.raw<SessionView | null>(null);
  counts = $state.raw<CaseCounts | null>(null);
  mail = $state.raw<MailCounts | null>(null);
  reference = $state.raw<ReferenceView | null>(null);
  preferences = $state.raw<Preferences>({ language: 'fr', theme: 'system' });
  /** When somebody was last at the keyboard, milliseconds. */
  lastSeen = $state(Date.now());

  /** Whose session was open last: the same person goes on where they were, another begins anew. */
  private last: string | null = null;

  may(ability: Ability): boolean {
    return this.view?.abilities.includes(ability) ?? false;
  }

  /** Name of somebody of the team; null for somebody who left. */
  nameOf(id: string | null): string | null {
    return this.view?.people.find((face) => face.id === id)?.name ?? null;
  }

  /** Reads where the application stands; the window opens with it. */
  async start(): Promise<void> {
    const status = await api.appStatus();
    this.wear(status.preferences);
    // The session first: the unlock screen must not flash before an open vault.
    if (status.session) await this.enter(status.session);
    else this.leave();
    this.status = status;
  }

  /** A vault was opened, or the session changed. */
  async enter(view: SessionView): Promise<void> {
    this.reference ??= await api.referenceData();
    this.lastSeen = Date.now();
    const who = `${view.kind} ${view.person.id}`;
    if (this.last !== null && this.last !== who) router.replace({ screen: 'today' });
    this.last = who;
    this.view = view;
    if (!view.must_change_passphrase) await this.count();
  }

  /** Reads the session again after a change of team, profile or settings. */
  async refresh(): Promise<void> {
    this.view = await api.sessionView();
  }

  /** Reads the counts again; the navigation shows them. */
  async count(): Promise<void> {
    [this.counts, this.mail] = await Promise.all([
      api.caseCounts(),
      // A number that is missing in the navigation keeps nobody out.
      api.mailCounts().catch(() => null),
    ]);
  }

  async lock(): Promise<void> {
    await api.lock();
    await this.locked();
  }

  /** The vault has been locked, by whomever: nothing of it stays in memory here. */
  async locked(): Promise<void> {
    this.leave();
    this.status = await api.appStatus();
  }

  private leave(): void {
    this.view = null;
    this.counts = null;
    this.mail = null;
  }

  async prefer(preferences: Preferences): Promise<void> {
    this.wear(preferences);
    await api.preferencesSet(preferences);
  }

  private wear(preferences: Preferences): void {
    this.preferences = preferences;
    speech.language = preferences.language;
    const root = document.documentElement;
    root.lang = preferences.language;
    if (preferences.theme === 'system') root.removeAttribute('data-theme');
    else root.dataset.theme = preferences.theme;
  }
}

export const session = new Session();
