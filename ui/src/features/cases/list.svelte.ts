// The rows of the list, read in pages as they come into sight: 100 000 cases cost no more than the ones that are shown.
import { api } from '$lib/api/client';
import type { CaseRow } from '$lib/api/generated';
import { session } from '$lib/session.svelte';
import { dayStart } from './day';
import { queryOf } from './filters';
import type { Asked } from './params';

/** Rows read at once. */
const PAGE = 100;

export class CaseList {
  rows = $state.raw<readonly CaseRow[]>([]);
  /** How many match; at least so many when `more`. */
  total = $state(0);
  more = $state(false);
  tookMs = $state(0);
  state = $state<'reading' | 'read' | 'failed'>('reading');
  error = $state.raw<unknown>(null);
  /** Every row that matches has been read. */
  complete = $state(false);

  private asked = 0;
  private query: ReturnType<typeof queryOf> = null;
  private reading = false;

  /** Asks anew. The rows on the screen stay until the answer is there. */
  async ask(asked: Asked, keep = 0): Promise<void> {
    const mine = ++this.asked;
    this.state = 'reading';
    this.query = queryOf(asked.view, asked.filters, asked.text, asked.sort, {
      me: session.view?.person.id ?? '', now: new Date(), dayStart,
    });
    if (this.query === null) {
      this.rows = [];
      this.total = 0;
      this.more = false;
      this.complete = true;
      this.state = 'read';
      return;
    }
    try {
      const page = await api.cases({ ...this.query, offset: 0, limit: Math.min(500, Math.max(PAGE, keep)) });
      if (mine !== this.asked) return;
      this.rows = page.rows;
      this.total = page.total;
      this.more = page.more;
      this.tookMs = page.took_ms;
      this.complete = page.rows.length < Math.max(PAGE, keep);
      this.error = null;
      this.state = 'read';
    } catch (error) {
      if (mine !== this.asked) return;
      this.error = error;
      this.state = 'failed';
    }
  }

  /** Reads the next page, when the end of the rows comes near. */
  async further(): Promise<void> {
    if (this.reading || this.complete || this.state !== 'read' || this.query === null) return;
    this.reading = true;
    const mine = this.asked;
    try {
      const page = await api.cases({ ...this.query, offset: this.rows.length, limit: PAGE });
      if (mine !== this.asked) return;
      // A case that came in meanwhile moves the pages: none is shown twice.
      const known = new Set(this.rows.map((row) => row.id));
      this.rows = [...this.rows, ...page.rows.filter((row) => !known.has(row.id))];
      this.complete = page.rows.length < PAGE;
    } catch {
      // The rows that are there stay; scrolling on asks again.
    } finally {
      this.reading = false;
    }
  }
}
