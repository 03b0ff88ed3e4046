// Understands a moment as a caller tells it: « hier 16h30 », « lundi soir », « 12/03 à 9 h ». Paris time.
import { fromLocalInput, toLocalInput } from '$lib/format';

/** What was understood; `estimated` when the hour was not told, or only as a part of the day. */
export interface Understood {
  at: string;
  estimated: boolean;
}

const WEEKDAYS = [
  ['dimanche', 'sunday'], ['lundi', 'monday'], ['mardi', 'tuesday'], ['mercredi', 'wednesday'], ['jeudi', 'thursday'],
  ['vendredi', 'friday'], ['samedi', 'saturday'],
];
const MONTHS = [
  ['janv', 'jan'], ['fevr', 'feb'], ['mars', 'mar'], ['avr', 'apr'], ['mai', 'may'], ['juin', 'jun'],
  ['juil', 'jul'], ['aout', 'aug'], ['sept', 'sep'], ['oct'], ['nov'], ['dec'],
];
/** Parts of the day and the hour that stands for them. */
const DAY_PARTS: [RegExp, string][] = [
  [/\b(apres-?\s?midi|afternoon)\b/, '15:00'],
  [/\b(matin|matinee|morning)\b/, '08:00'],
  [/\b(midi|noon)\b/, '12:00'],
  [/\b(soir|soiree|evening)\b/, '20:00'],
  [/\b(nuit|night)\b/, '03:00'],
];

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{Diacritic}/gu, '').replace(/[\u202f\u00a0]/g, ' ').replace(/’/g, "'")
    .toLowerCase().trim();
}

function dayOf(instant: Date): string {
  return toLocalInput(instant).slice(0, 10);
}

function shifted(day: string, days: number): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

function isDay(day: string): boolean {
  const at = new Date(`${day}T12:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day);
}

function dated(day: number, month: number, year: string | undefined, today: string): string | null {
  const two = (n: number) => String(n).padStart(2, '0');
  const of = (y: number) => `${y}-${two(month)}-${two(day)}`;
  const thisYear = Number(today.slice(0, 4));
  const found = year === undefined ? of(thisYear) : of(year.length === 2 ? 2000 + Number(year) : Number(year));
  if (!isDay(found)) return null;
  // Without a year, a day still to come is last year's.
  return year === undefined && found > today ? of(thisYear - 1) : found;
}

function hourOf(text: string): string | null | undefined {
  const match = /(?:^|\s|a)\s*(\d{1,2})\s*(?:h|:|heures?)\s*(\d{2})?(?!\d)/.exec(text);
  if (!match) return null;
  const hour = Number(match[1]);
  const minute = Number(match[2] ?? '0');
  if (hour > 23 || minute > 59) return undefined;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

function spokenDay(text: string, today: string): string | null {
  if (/\b(avant-?\s?hier)\b/.test(text)) return shifted(today, -2);
  if (/\b(hier|yesterday)\b/.test(text)) return shifted(today, -1);
  if (/\b(aujourd'?hui|today|ce matin|cet apres|ce soir|ce midi|cette nuit|this morning|tonight)\b/.test(text)) return today;
  const weekday = WEEKDAYS.findIndex((names) => names.some((name) => new RegExp(`\\b${name}\\b`).test(text)));
  if (weekday < 0) return null;
  const current = new Date(`${today}T12:00:00Z`).getUTCDay();
  return shifted(today, -((current - weekday + 7) % 7 || 7));
}

/** The moment that `text` tells, or null. `now` anchors « hier » and the years left out. */
export function understand(text: string, now: Date): Understood | null {
  const told = plain(text);
  if (told === '') return null;
  if (/^(maintenant|a l'instant|now)$/.test(told)) {
    return { at: new Date(Math.floor(now.getTime() / 60_000) * 60_000).toISOString(), estimated: false };
  }
  const today = dayOf(now);
  let rest = told;
  let day: string | null = null;
  const iso = /\b(\d{4})-(\d{2})-(\d{2})\b/.exec(told);
  const slashed = /\b(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}|\d{2}))?\b/.exec(told);
  const named = /\b(\d{1,2})(?:er)?\s+([a-z]{3,})\.?(?:\s+(\d{4}))?\b/.exec(told);
  if (iso) {
    day = dated(Number(iso[3]), Number(iso[2]), iso[1], today);
    rest = told.replace(iso[0], ' ');
    if (day === null) return null;
  } else if (slashed) {
    day = dated(Number(slashed[1]), Number(slashed[2]), slashed[3], today);
    rest = told.replace(slashed[0], ' ');
    if (day === null) return null;
  } else if (named) {
    const month = MONTHS.findIndex((names) => names.some((name) => (named[2] ?? '').startsWith(name)));
    if (month >= 0) {
      day = dated(Number(named[1]), month + 1, named[3], today);
      rest = told.replace(named[0], ' ');
      if (day === null) return null;
    }
  }
  day ??= spokenDay(rest, today);
  const hour = hourOf(rest);
  if (hour === undefined) return null;
  const part = DAY_PARTS.find(([words]) => words.test(rest));
  if (day === null && hour === null && !part) return null;
  const at = fromLocalInput(`${day ?? today}T${hour ?? part?.[1] ?? '12:00'}`);
  return at === null ? null : { at, estimated: hour === null };
}
