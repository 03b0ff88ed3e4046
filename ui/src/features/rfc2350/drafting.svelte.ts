// The draft on the screen: each text and the head save by themselves, and what the host says is read again after each save.
import { api } from '$lib/api/client';
import type { Rfc2350, Rfc2350Lang, Rfc2350Place, Rfc2350Section, Rfc2350View } from '$lib/api/generated';
import { autosave, type Autosave, type Pace, type SaveState } from '$lib/autosave';
import { keep, unsent } from '$lib/unsent';

/** Of writing: a pause of a second and a half. A failed save waits for the next key or the next blur. */
export const WRITING: Pace = { quiet: 1_500, longest: 20_000, retry: null };

/** Something typed that saves itself. */
abstract class Saving {
  state = $state<SaveState>('untouched');
  /** Why the last save failed, until one succeeds. */
  failure = $state.raw<unknown>(null);
  private readonly pace: Autosave;

  constructor(private readonly saved: () => void) {
    this.pace = autosave(() => this.save(), (state, error) => this.heard(state, error), WRITING);
  }

  protected abstract save(): Promise<void>;

  protected heard(state: SaveState, error: unknown): void {
    this.state = state;
    if (state === 'failed') this.failure = error;
    if (state !== 'saved') return;
    this.failure = null;
    this.saved();
  }

  protected touch(): void {
    this.pace.touch();
  }

  /** Whether all that was typed is saved. */
  get settled(): boolean {
    return this.state === 'untouched' || this.state === 'saved';
  }

  flush(): Promise<boolean> {
    return this.pace.flush();
  }
}

/** The text of a section in one language. */
export class Writing extends Saving {
  text = $state('');
  private focused = false;
  private readonly name: string;

  constructor(private readonly section: Rfc2350Section, private readonly lang: Rfc2350Lang, private kept: string, saved: () => void) {
    super(saved);
    this.name = `rfc2350 ${section} ${lang}`;
    const left = unsent(this.name);
    this.text = left === '' ? kept : left;
    if (left !== '') this.touch();
  }

  typed(): void {
    keep(this.name, this.text);
    this.touch();
  }

  focus(): void {
    this.focused = true;
  }

  /** The field was left: saved at once, then shown as the host cleaned it. */
  async leave(): Promise<void> {
    this.focused = false;
    if ((await this.flush()) && !this.focused && this.settled) this.text = this.kept;
  }

  /** What the host keeps now; what is being typed stays. */
  follow(kept: string): void {
    this.kept = kept;
    if (!this.focused && this.settled) this.text = kept;
  }

  protected async save(): Promise<void> {
    const sent = this.text;
    await api.rfc2350TextSet(this.section, this.lang, sent);
    this.kept = sent;
    if (this.text === sent) keep(this.name, '');
  }
}

/** What stands beside the texts, as it is typed. */
export type Head = Pick<
  Rfc2350,
  'tlp' | 'version' | 'dated' | 'found_at' | 'announced_at' | 'key_at' | 'key_servers' | 'security_txt_url'
> & { leader: string };

function headOf(document: Rfc2350): Head {
  const { tlp, version, dated, found_at, announced_at, key_at, key_servers, security_txt_url, leader } = document;
  return structuredClone({ tlp, version, dated, found_at, announced_at, key_at, key_servers, security_txt_url, leader: leader ?? '' });
}

/** Under which the head is kept while it is not saved. */
const HEAD = 'rfc2350 head';

export class HeadWriting extends Saving {
  head = $state<Head>() as Head;
  private focused = false;

  constructor(private document: Rfc2350, saved: () => void) {
    super(saved);
    const left = unsent(HEAD);
    this.head = left === '' ? headOf(document) : (JSON.parse(left) as Head);
    if (left !== '') this.touch();
  }

  typed(): void {
    keep(HEAD, JSON.stringify(this.head));
    this.touch();
  }

  /** Chosen rather than typed: saved at once. */
  chosen(): void {
    this.typed();
    void this.flush();
  }

  focus(): void {
    this.focused = true;
  }

  async leave(): Promise<void> {
    this.focused = false;
    if ((await this.flush()) && !this.focused && this.settled) this.head = headOf(this.document);
  }

  addServer(): void {
    this.head.key_servers.push({ name: '', url: '' });
  }

  removeServer(place: number): void {
    this.head.key_servers.splice(place, 1);
    this.chosen();
  }

  follow(document: Rfc2350): void {
    this.document = document;
    if (!this.focused && this.settled) this.head = headOf(document);
  }

  protected async save(): Promise<void> {
    const sent = JSON.stringify(this.head);
    const { leader, ...head } = $state.snapshot(this.head);
    const said = (place: Rfc2350Place) => place.name.trim() !== '' || place.url.trim() !== '';
    const next = {
      ...this.document, ...head, key_servers: head.key_servers.filter(said), leader: leader.trim() === '' ? null : leader.trim(),
    };
    await api.rfc2350HeadSet(next);
    this.document = next;
    if (JSON.stringify(this.head) === sent) keep(HEAD, '');
  }
}

export class Drafting {
  view = $state.raw<Rfc2350View | null>(null);
  failure = $state.raw<unknown>(null);
  /** Moves when the document may read otherwise: the preview follows. */
  revision = $state(0);
  head = $state.raw<HeadWriting | null>(null);
  private readonly writings = new Map<string, Writing>();
  private reads = 0;
  private latest: Promise<void> = Promise.resolve();

  /** Reads the document again; done once the latest reading is on the screen. */
  read(): Promise<void> {
    this.latest = this.reading((this.reads += 1));
    return this.latest;
  }

  private async reading(read: number): Promise<void> {
    try {
      const view = await api.rfc2350();
      // A later reading says more.
      if (read !== this.reads) return this.latest;
      this.view = view;
      this.failure = null;
      this.revision += 1;
      if (this.head) this.head.follow(view.document);
      else this.head = new HeadWriting(view.document, () => void this.read());
      for (const [key, writing] of this.writings) writing.follow(this.kept(key));
    } catch (error) {
      if (read !== this.reads) return this.latest;
      this.failure = error;
    }
  }

  /** The text of a section in one language, the same as long as the screen is there. */
  writing(section: Rfc2350Section, lang: Rfc2350Lang): Writing {
    const key = `${section} ${lang}`;
    const known = this.writings.get(key);
    if (known) return known;
    const made = new Writing(section, lang, this.kept(key), () => void this.read());
    this.writings.set(key, made);
    return made;
  }

  private kept(key: string): string {
    const [section, lang] = key.split(' ') as [Rfc2350Section, Rfc2350Lang];
    return this.view?.document.texts[section]?.[lang] ?? '';
  }

  /** Saves all that is left; whether everything is saved. */
  async flush(): Promise<boolean> {
    const all = [...this.writings.values(), ...(this.head ? [this.head] : [])];
    const saved = await Promise.all(all.map((each) => each.flush()));
    return saved.every((good) => good);
  }
}
