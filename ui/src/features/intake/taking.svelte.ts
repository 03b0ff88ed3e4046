// The report that is being taken: what was told so far, and where its saving stands.
import { api } from '$lib/api/client';
import type { Completeness, DraftView, MeasureState, Report } from '$lib/api/generated';
import { autosave, type Autosave, type SaveState } from '$lib/autosave';
import { emptyReport } from '$shared/report/items';

export class Taking {
  report: Report = $state(emptyReport());
  /** Identifier; the host gives it at the first save. */
  id = $state<string | null>(null);
  completeness = $state.raw<Completeness | null>(null);
  saving = $state<SaveState>('untouched');
  /** Why the last save failed, until one succeeds. */
  failure = $state.raw<unknown>(null);
  /** When it was last saved. */
  savedAt = $state<string | null>(null);

  private readonly keep: Autosave;
  private lastSaved: string;

  constructor(draft: DraftView | null, private readonly named: (id: string) => void) {
    if (draft) {
      this.report = draft.report;
      this.id = draft.id;
      this.completeness = draft.completeness;
      this.savedAt = draft.saved_at;
      this.saving = 'saved';
    } else {
      this.report.received_at = new Date().toISOString();
    }
    this.lastSaved = JSON.stringify(this.report);
    this.keep = autosave(
      () => this.save(),
      (state, error) => {
        this.saving = state;
        if (state === 'failed') this.failure = error ?? new Error('not saved');
        if (state === 'saved') this.failure = null;
      },
    );
  }

  /** To be called whenever the report may have changed; reads all of it. */
  watch(): void {
    if (JSON.stringify(this.report) !== this.lastSaved) this.keep.touch();
  }

  private async save(): Promise<void> {
    const told = $state.snapshot(this.report);
    const saved = await api.draftSave(this.id, told);
    this.lastSaved = JSON.stringify(told);
    this.completeness = saved.completeness;
    this.savedAt = saved.saved_at;
    if (this.id === null) {
      this.id = saved.id;
      this.named(saved.id);
    }
  }

  /** Saves what is left; resolves to whether everything is saved. */
  flush(): Promise<boolean> {
    return this.keep.flush();
  }

  /** Saves even what did not change, so that an untouched report can be ended as well. */
  async ensure(): Promise<string | null> {
    if (this.id === null) this.keep.touch();
    return (await this.flush()) ? this.id : null;
  }

  stop(): void {
    this.keep.stop();
  }

  /** A measure was said or done now, or not after all; who did it was told it. */
  mark(measure: string, what: 'said_at' | 'done_at', yes: boolean): void {
    const at = yes ? new Date().toISOString() : null;
    const before = this.report.measures.find((each) => each.measure === measure);
    const next: MeasureState = { measure, said_at: null, done_at: null, ...before, [what]: at };
    if (what === 'done_at' && yes) next.said_at ??= at;
    if (what === 'said_at' && !yes) next.done_at = null;
    const others = this.report.measures.filter((each) => each.measure !== measure);
    this.report.measures = next.said_at === null && next.done_at === null ? others : [...others, next];
  }
}
