// Dates, durations, numbers and sizes as French reads them (and English). Times are always Paris time.
import type { Language } from './api/generated';

const ZONE = 'Europe/Paris';
/** Narrow no-break space: before units, between thousands. */
const THIN = '\u202f';
const NBSP = '\u00a0';

interface Parts {
  year: number;
  month: number;
  day: number;
  hour: string;
  minute: string;
  weekday: string;
  monthName: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function fieldsOf(at: Date, locale: string, options: Intl.DateTimeFormatOptions): Record<string, string> {
  const key = `${locale} ${options.month ?? ''}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(locale, { timeZone: ZONE, ...options });
    formats.set(key, format);
  }
  return Object.fromEntries(format.formatToParts(at).map((part) => [part.type, part.value]));
}

/** By parts only: how a whole date is written in a locale differs from one engine to the next. */
function parts(at: Date, language: Language): Parts {
  const words = fieldsOf(at, language === 'fr' ? 'fr-FR' : 'en-GB', { month: 'long', day: 'numeric', weekday: 'long' });
  const figures = fieldsOf(at, 'en-US', {
    year: 'numeric', month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
  });
  return {
    year: Number(figures.year),
    month: Number(figures.month),
    day: Number(figures.day),
    hour: (figures.hour ?? '').padStart(2, '0'),
    minute: (figures.minute ?? '').padStart(2, '0'),
    weekday: words.weekday ?? '',
    monthName: words.month ?? '',
  };
}

/** Number of the Paris day, to compare days. */
function dayNumber(p: Parts): number {
  return Math.round(Date.UTC(p.year, p.month - 1, p.day) / 86_400_000);
}

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}

/** « 09 h 42 » / "09:42". */
export function time(at: string | Date, language: Language): string {
  const p = parts(new Date(at), language);
  return language === 'fr' ? `${p.hour}${THIN}h${THIN}${p.minute}` : `${p.hour}:${p.minute}`;
}

function dayAndMonth(p: Parts, language: Language): string {
  const day = language === 'fr' && p.day === 1 ? '1er' : String(p.day);
  return `${day}${NBSP}${p.monthName}`;
}

/** « 12 mars », with the year when it is not the current one. */
export function date(at: string | Date, language: Language, now: Date = new Date()): string {
  const p = parts(new Date(at), language);
  const year = p.year === parts(now, language).year ? '' : ` ${p.year}`;
  return dayAndMonth(p, language) + year;
}

/** « 12 mars, 09 h 42 ». */
export function dateTime(at: string | Date, language: Language, now: Date = new Date()): string {
  return `${date(at, language, now)}, ${time(at, language)}`;
}

/** « Jeudi 12 mars 2026 ». */
export function longDate(at: string | Date, language: Language, withYear = true): string {
  const p = parts(new Date(at), language);
  return capital(`${p.weekday} ${dayAndMonth(p, language)}${withYear ? ` ${p.year}` : ''}`);
}

/** Where a day stands against today: « 09 h 42 », « hier », « demain », or the date. */
export function nearDate(at: string | Date, language: Language, now: Date = new Date()): string {
  const there = parts(new Date(at), language);
  const here = parts(now, language);
  const apart = dayNumber(there) - dayNumber(here);
  if (apart === 0) return time(at, language);
  if (apart === -1) return language === 'fr' ? 'hier' : 'yesterday';
  if (apart === 1) return language === 'fr' ? 'demain' : 'tomorrow';
  return date(at, language, now);
}

/** The order of a French dictionary; one collator for all, as making one for each pair costs more than the sorting. */
export const alphabetically = new Intl.Collator('fr').compare;

/** « 45 h 58 », « 3 j », « 12 min », « 40 s »; milliseconds in, never negative. */
export function duration(milliseconds: number, language: Language): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const day = language === 'fr' ? 'j' : 'd';
  if (seconds < 60) return `${seconds}${THIN}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}${THIN}min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 72) {
    const rest = String(minutes % 60).padStart(2, '0');
    return language === 'fr' ? `${hours}${THIN}h${THIN}${rest}` : `${hours}${THIN}h${THIN}${rest}`;
  }
  return `${Math.floor(hours / 24)}${THIN}${day}`;
}

/** « 48 200 » with U+202F between thousands. */
export function number(value: number, language: Language, fraction = 0): string {
  return new Intl.NumberFormat(language === 'fr' ? 'fr-FR' : 'en-GB', { maximumFractionDigits: fraction })
    .format(value)
    .replace(/[\u00a0 ]/g, THIN);
}

/** « 48 200 € ». */
export function euros(value: number, language: Language): string {
  return language === 'fr' ? `${number(value, language)}${THIN}€` : `€${number(value, language)}`;
}

/** « 58 % »; a ratio in. */
export function percent(ratio: number, language: Language): string {
  return language === 'fr' ? `${number(ratio * 100, language)}${THIN}%` : `${number(ratio * 100, language)}%`;
}

/** « 1,4 Mo »; bytes in, decimal units. */
export function size(bytes: number, language: Language): string {
  const units = language === 'fr' ? ['o', 'ko', 'Mo', 'Go'] : ['B', 'kB', 'MB', 'GB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${number(value, language, unit === 0 || value >= 99.5 ? 0 : 1)}${THIN}${units[unit] ?? ''}`;
}

/** "AV" of "Aurore Vasselin": first letters of the first and the last word. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter((word) => word !== '');
  const first = words[0]?.charAt(0) ?? '';
  const last = words.length > 1 ? (words[words.length - 1]?.charAt(0) ?? '') : '';
  return (first + last).toLocaleUpperCase();
}

/** "A. Vasselin" of "Aurore Vasselin", for narrow places. */
export function shortName(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words[0] ?? '';
  return words.length < 2 ? first : `${first.charAt(0)}. ${words.slice(1).join(' ')}`;
}

/** A date and hour of Paris as the host stores them: from a `datetime-local` value. Empty or wrong gives null. */
export function fromLocalInput(value: string): string | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})/.exec(value);
  if (!match) return null;
  const [year, month, day, hour, minute] = match.slice(1).map(Number) as [number, number, number, number, number];
  const asUtc = Date.UTC(year, month - 1, day, hour, minute);
  if (Number.isNaN(asUtc)) return null;
  // Two passes: the offset at the guess may differ from the offset at the answer on the night of a clock change.
  let answer = asUtc - offset(asUtc);
  answer = asUtc - offset(answer);
  return new Date(answer).toISOString();
}

/** A `datetime-local` value in Paris time of a stored instant. */
export function toLocalInput(at: string | Date): string {
  const instant = new Date(at).getTime();
  return new Date(instant + offset(instant)).toISOString().slice(0, 16);
}

/** Milliseconds that Paris is ahead of UTC at an instant. */
function offset(at: number): number {
  const p = parts(new Date(at), 'fr');
  const local = Date.UTC(p.year, p.month - 1, p.day, Number(p.hour), Number(p.minute));
  return local - Math.floor(at / 60_000) * 60_000;
}
