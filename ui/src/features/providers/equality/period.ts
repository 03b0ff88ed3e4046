// The period of the report: days in Paris, both included.

export const PERIODS = ['year', 'months', 'quarter', 'free'] as const;
export type Period = (typeof PERIODS)[number];

export interface Days {
  /** "2026-03-01". */
  from: string;
  until: string;
}

/** The days of a ready-made period that ends today. */
export function daysOf(period: Exclude<Period, 'free'>, today: string): Days {
  const [year = 0, month = 1, day = 1] = today.split('-').map(Number);
  const two = (value: number) => String(value).padStart(2, '0');
  switch (period) {
    case 'year':
      return { from: `${year}-01-01`, until: today };
    case 'quarter':
      return { from: `${year}-${two(month - ((month - 1) % 3))}-01`, until: today };
    case 'months': {
      // The day after the same day of last year, or after the last one of its month: twelve months, and not a day more.
      const last = new Date(Date.UTC(year - 1, month, 0)).getUTCDate();
      const from = new Date(Date.UTC(year - 1, month - 1, Math.min(day, last) + 1));
      return { from: from.toISOString().slice(0, 10), until: today };
    }
  }
}

export type Wrong = 'dayMissing' | 'order';

/** Why no report can be made of two days; null when one can. */
export function wrongDays({ from, until }: Days): Wrong | null {
  if (from === '' || until === '') return 'dayMissing';
  return from > until ? 'order' : null;
}
