// The figures of the report, put into the order and the words of the screen.
import type { EqualityReport, EqualityView, FirmShare } from '$lib/api/generated';
import { alphabetically, number, percent } from '$lib/format';
import { speech, t } from '$lib/messages/index.svelte';

/** Hundredths of a standard deviation beyond which something other than chance is likely. */
const UNUSUAL = 300;
/** Fewer names than this show hardly anything but the grossest deviation. */
const FEW_NAMES = 100;

export function isUnusual(share: Pick<FirmShare, 'deviation_hundredths'>): boolean {
  return Math.abs(share.deviation_hundredths) > UNUSUAL;
}

/** « +1,2 »; what chance had no say in has no deviation. */
export function deviation(hundredths: number): string {
  if (hundredths === 0) return '0';
  const size = number(Math.abs(hundredths) / 100, speech.language, 1);
  return hundredths > 0 ? `+${size}` : `−${size}`;
}

/** « 12,5 % » of ten-thousandths. */
export function part(tenThousandths: number): string {
  const ratio = tenThousandths / 10_000;
  return speech.language === 'fr' ? `${number(ratio * 100, 'fr', 1)}\u202f%` : Number.isInteger(ratio * 100) ? percent(ratio, 'en') : `${number(ratio * 100, 'en', 1)}%`;
}

export const COLUMNS = ['firm', 'passed', 'left_out', 'drawn', 'expected', 'real_share', 'expected_share', 'deviation', 'listed', 'chosen'] as const;
export type Column = (typeof COLUMNS)[number];

/** A firm of the report, with its name of today. */
export interface Line {
  share: FirmShare;
  name: string;
}

export function linesOf({ report, firms }: EqualityView): Line[] {
  const names = new Map(firms.map((firm) => [firm.id, firm.name]));
  return report.firms.map((share) => ({ share, name: names.get(share.firm) ?? t.fairness.equality.gone }));
}

function valueOf(share: FirmShare, column: Exclude<Column, 'firm'>): number {
  if (column === 'expected') return share.expected_millionths;
  if (column === 'deviation') return share.deviation_hundredths;
  return share[column];
}

/** The lines in the order of a column; names from A, figures from the largest, unless `backwards`. */
export function sorted(lines: readonly Line[], column: Column, backwards: boolean): Line[] {
  const byName = (a: Line, b: Line) => alphabetically(a.name, b.name);
  const by = (a: Line, b: Line) => (column === 'firm' ? byName(a, b) : valueOf(b.share, column) - valueOf(a.share, column) || byName(a, b));
  const ordered = [...lines].sort(by);
  return backwards ? ordered.reverse() : ordered;
}

/** Those of whom a draw could have taken one, the furthest from what was expected first. */
export function compared(lines: readonly Line[]): Line[] {
  const from = ({ share }: Line) => Math.abs(share.deviation_hundredths);
  return lines.filter(({ share }) => share.passed > 0).sort((a, b) => from(b) - from(a) || b.share.expected_share - a.share.expected_share || alphabetically(a.name, b.name));
}

/** What the figures say, in sentences; the first one is the verdict. */
export function conclusion(report: EqualityReport, lines: readonly Line[]): { fair: boolean; sentences: string[] } {
  const words = t.fairness.equality.conclusion;
  if (report.names === 0) return { fair: true, sentences: [words.none] };
  const drawn = compared(lines);
  const unusual = drawn.filter(({ share }) => isUnusual(share));
  const few = report.names < FEW_NAMES ? [words.few(number(report.names, speech.language))] : [];
  if (unusual.length > 0) return { fair: false, sentences: [words.unfair(unusual.length, unusual.map(({ name }) => name).join(', ')), words.limit, ...few] };
  if (drawn.every(({ share }) => share.deviation_hundredths === 0)) return { fair: true, sentences: [words.exact] };
  return { fair: true, sentences: [words.fair(drawn.length), words.limit, ...few] };
}
