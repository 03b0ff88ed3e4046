// The chronology as a figure: lanes over a straight axis of time, and as a list by day.
import type { CaseView, FactKind, FactView } from '$lib/api/generated';

/** A fact's place on the figure, in thousandths of its width. */
export interface Dot { x: number; kind: FactKind; estimated: boolean }
/** A stretch of time on the figure. */
export interface Bar { from: number; to: number; estimated: boolean }
/** A line of the axis; `at` is its instant, milliseconds. */
export interface Tick { x: number; at: number }

/** All that the figure shows. */
export interface Figure {
  start: number;
  end: number;
  ticks: Tick[];
  dots: Dot[];
  /** From the beginning of the attack to its detection, when both are known. */
  attack: Bar | null;
  /** When it was noticed. */
  detected: number | null;
  /** From the reception to the closing, or to now. */
  care: Bar;
  now: number | null;
  /** The axis is labelled with hours, not with days. */
  byHour: boolean;
}

const HOUR = 3_600_000;
const STEPS = [1, 3, 6, 12, 24, 48, 120, 240, 720, 2_160, 8_760].map((hours) => hours * HOUR);
const MOST_TICKS = 9;

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
  const step = STEPS.find((each) => (end - start) / each <= MOST_TICKS) ?? STEPS[STEPS.length - 1]!;
  const ticks: Tick[] = [];
  for (let at = midnight(start); at <= end; at += step) {
    // A day is not always 24 hours: days are taken at their own midnight.
    const tick = step >= 24 * HOUR ? midnight(at + 2 * HOUR) : at;
    if (tick >= start && tick <= end) ticks.push({ x: place(tick), at: tick });
  }
  return {
    start,
    end,
    ticks,
    dots: view.facts.map((fact) => ({ x: place(time(fact.at)), kind: fact.kind, estimated: fact.estimated })),
    attack:
      started && detected && time(started.at) < time(detected.at)
        ? { from: place(time(started.at)), to: place(time(detected.at)), estimated: started.estimated }
        : null,
    detected: detected ? place(time(detected.at)) : null,
    care: { from: place(received), to: place(careEnd), estimated: false },
    now: closedAt === undefined ? place(nowAt) : null,
    byHour: step < 24 * HOUR,
  };
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
