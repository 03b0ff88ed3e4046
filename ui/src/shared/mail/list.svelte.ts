// The rows of a list of mails, read in pages as they come into sight.
import { api } from '$lib/api/client';
import type { MailQuery, MailRow } from '$lib/api/generated';

/** Rows read at once. */
const PAGE = 100;
const MOST = 500;

export class MailList {
  rows = $state.raw<readonly MailRow[]>([]);
  /** How many match; at least so many when `more`. */
  total = $state(0);
  more = $state(false);
  tookMs = $state(0);
  state = $state<'reading' | 'read' | 'failed'>('reading');
  error = $state.raw<unknown>(null);
  /** Every row that matches has been read. */
  complete = $state(false);

  private asked = 0;
  private query: Partial<MailQuery> = {};
  private reading = false;

  /** Asks anew. The rows on the screen stay until the answer is there. */
  async ask(query: Partial<MailQuery>, keep = 0): Promise<void> {
    const mine = ++this.asked;
    const limit = Math.min(MOST, Math.max(PAGE, keep));
    this.state = 'reading';
    this.query = query;
    try {
      const page = await api.mailList({ ...query, offset: 0, limit });
      if (mine !== this.asked) return;
      this.rows = page.rows;
      this.total = page.total;
      this.more = page.more;
      this.tookMs = page.took_ms;
      this.complete = page.rows.length < limit;
      this.error = null;
      this.state = 'read';
    } catch (error) {
      if (mine !== this.asked) return;
      this.error = error;
      this.state = 'failed';
    }
  }

  /** Another folder: what is on the screen belongs to the last one. */
  clear(): void {
    this.rows = [];
    this.total = 0;
    this.complete = false;
  }

  /** Reads the next page, when the end of the rows comes near. */
  async further(): Promise<void> {
    if (this.reading || this.complete || this.state !== 'read') return;
    this.reading = true;
    const mine = this.asked;
    try {
      const page = await api.mailList({ ...this.query, offset: this.rows.length, limit: PAGE });
      if (mine !== this.asked) return;
      // A mail that came in meanwhile moves the pages: none is shown twice.
      const known = new Set(this.rows.map((row) => row.id));
      this.rows = [...this.rows, ...page.rows.filter((row) => !known.has(row.id))];
      this.complete = page.rows.length < PAGE;
    } catch {
      // The rows that are there stay; scrolling on asks again.
    } finally {
      this.reading = false;
    }
  }

  /** A mail was read or marked: said here before the host is asked again. */
  mark(id: string, unread: boolean): void {
    this.rows = this.rows.map((row) => (row.id === id && row.unread !== unread ? { ...row, unread } : row));
  }
}
