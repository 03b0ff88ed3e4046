// The chronology as a figure: lanes over a straight axis of time, and as a list by day.
import type { CaseView, FactKind, FactView } from '$lib/api/generated';

/** A fact's place on the figure, in thousandths of its width. */
export interface Dot { x: number; kind: FactKind; estimated: boolean }
/** A stretch of time on the figure. */
export interface Bar { from: number; to: number; estimated: boolean }
/** A line of the axis; `at` is its instant, milliseconds. */
export interface Tick { x: number; at: number }
/** The lines of the axis: days at their midnight, the first one perhaps begun before the figure; and hours between them. */
export interface Axis { days: Tick[]; hours: Tick[] }

/** All that the figure shows. */
export interface Figure {
  start: number;
  end: number;
  axis: Axis;
  dots: Dot[];
  /** From the beginning of the attack to its detection, when both are known. */
  attack: Bar | null;
  /** When it was noticed. */
  detected: number | null;
  /** From the reception to the closing, or to now. */
  care: Bar;
  now: number | null;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const HOURS = [1, 3, 6, 12].map((hours) => hours * HOUR);
const DAYS = [1, 2, 5, 10, 30, 90, 365, 1_825].map((days) => days * DAY);
/** Steps that fit the width: an hour takes less room than a date. */
const MOST_HOURS = 9;
const MOST_DAYS = 7;
/** Room that a date needs, in thousandths of the width. */
const DATE_ROOM = 130;

const time = (instant: string) => new Date(instant).getTime();

/** Lays the figure out. `midnight` gives the start of the day in Paris that holds an instant. */
export function figure(view: CaseView, nowAt: number, midnight: (at: number) => number): Figure {
  const { report } = view;
  const started = report.started.state === 'known' ? report.started.value : null;
  const detected = report.detected.state === 'known' ? report.detected.value : null;
  const closedAt = view.status === 'closed' ? view.reached.closed : undefined;
  const received = time(view.received_at);
  const careEnd = closedAt === undefined ? nowAt : time(closedAt);
  const instants = [received, careEnd, ...view.facts.map((fact) => time(fact.at))];
  if (started) instants.push(time(started.at));
  if (detected) instants.push(time(detected.at));
  const first = Math.min(...instants);
  const last = Math.max(...instants, first + HOUR);
  const margin = (last - first) * 0.03;
  const start = first - margin;
  const end = last + margin;
  const place = (at: number) => ((at - start) / (end - start)) * 1_000;
  return {
    start,
    end,
    axis: axis(start, end, midnight),
    dots: view.facts.map((fact) => ({ x: place(time(fact.at)), kind: fact.kind, estimated: fact.estimated })),
    attack:
      started && detected && time(started.at) < time(detected.at)
        ? { from: place(time(started.at)), to: place(time(detected.at)), estimated: started.estimated }
        : null,
    detected: detected ? place(time(detected.at)) : null,
    care: { from: place(received), to: place(careEnd), estimated: false },
    now: closedAt === undefined ? place(nowAt) : null,
  };
}

/** Chooses the lines of the axis: as close as their labels allow, days always named. `midnight` as in `figure`. */
export function axis(start: number, end: number, midnight: (at: number) => number): Axis {
  const span = end - start;
  const place = (at: number) => ((at - start) / span) * 1_000;
  const inside = (at: number) => at >= start && at <= end;
  const hour = HOURS.find((step) => span / step <= MOST_HOURS);
  const step = hour ? DAY : (DAYS.find((each) => span / each <= MOST_DAYS) ?? span);
  const days: Tick[] = [];
  // A day is not always 24 hours: days are taken at their own midnight.
  for (let at = midnight(start); at <= end; at = midnight(at + step + 2 * HOUR)) days.push({ x: place(at), at });
  const hours = hour
    ? days.flatMap(({ at: day }) => Array.from({ length: DAY / hour - 1 }, (_, index) => day + (index + 1) * hour))
        .filter(inside).map((at) => ({ x: place(at), at }))
    : [];
  const [first, second] = days;
  // The day under way at the left edge is named there, unless the next one needs the room.
  if (first && first.x < 0) {
    if (hour && (second === undefined || second.x >= DATE_ROOM)) first.x = 0;
    else days.shift();
  }
  return { days, hours };
}

/** The facts of one day, newest first. */
export interface Day { day: number; facts: FactView[] }

/** The facts by day, newest first; `midnight` as in `figure`. */
export function days(facts: FactView[], midnight: (at: number) => number): Day[] {
  const sorted = [...facts].sort((a, b) => time(b.at) - time(a.at));
  const found: Day[] = [];
  for (const fact of sorted) {
    const day = midnight(time(fact.at));
    const last = found[found.length - 1];
    if (last && last.day === day) last.facts.push(fact);
    else found.push({ day, facts: [fact] });
  }
  return found;
}
