// What the rule found, as sentences of the field.
import type {
  CriterionReason, DeducedNeed, Exclusion, MatchCaveat, OpeningRule, ProviderArea, ProviderLabel, ProviderLabelKind, ProviderNeedReason, ProviderNeeds, ProviderNotice, ProviderReminder,
  ProviderTrouble, ProviderWrongField, Remedy,
} from '$lib/api/generated';
import { date, number, time } from '$lib/format';
import { speech, t } from '$lib/messages/index.svelte';

const day = (at: string): string => date(at, speech.language);
const label = (kind: ProviderLabelKind): string => t.providers.terms.label[kind];

export function exclusion(reason: Exclusion): string {
  const words = t.providers.match.exclusion;
  switch (reason.kind) {
    case 'conflict':
      return words.conflict(t.providers.terms.tie[reason.tie]);
    case 'too_far':
      return words.too_far(reason.km, reason.limit);
    case 'kind_not_served':
      return words.kind_not_served(t.words.organisationKind[reason.served]);
    case 'sector_not_served':
      return words.sector_not_served(t.providers.terms.sector[reason.sector]);
    case 'category_not_taken':
      return words.category_not_taken(t.words.category[reason.category]);
    case 'service_not_offered':
      return words.service_not_offered(t.providers.terms.service[reason.service]);
    case 'label_expired':
      return words.label_expired(label(reason.label), day(reason.on));
    case 'absent':
      return words.absent(day(reason.until));
    case 'no_capacity':
      return words.no_capacity(reason.open, reason.capacity);
    case 'on_site_too_late':
      return reason.promised === null ? words.on_site_unknown(reason.wanted) : words.on_site_too_late(reason.promised, reason.wanted);
    case 'reaction_too_late':
      return reason.promised === null ? words.reaction_unknown(reason.wanted) : words.reaction_too_late(reason.promised, reason.wanted);
    case 'insurance_ended':
      return words.insurance_ended(day(reason.on));
    default:
      return words[reason.kind];
  }
}

export function remedy(change: Remedy): string {
  const words = t.providers.match.remedy;
  switch (change.kind) {
    case 'allow_distance':
      return words.allow_distance(change.km);
    case 'without_category':
      return words.without_category(t.words.category[change.category]);
    case 'without_service':
      return words.without_service(t.providers.terms.service[change.service]);
    case 'accept_label':
    case 'renew_label':
      return words[change.kind](label(change.label));
    case 'allow_on_site':
    case 'allow_reaction':
      return words[change.kind](change.hours);
    case 'cover_departement':
      return words.cover_departement(change.code);
    case 'serve_kind':
      return words.serve_kind(t.words.organisationKind[change.served]);
    case 'serve_sector':
      return words.serve_sector(t.providers.terms.sector[change.sector]);
    case 'raise_capacity':
      return words.raise_capacity(change.to);
    default:
      return words[change.kind];
  }
}

export function finding(reason: CriterionReason): string {
  const words = t.providers.match.reason;
  switch (reason.kind) {
    case 'experience':
      return words.experience(t.words.category[reason.category], reason.cases);
    case 'technologies':
      return words.technologies(reason.known, reason.asked);
    case 'label':
      if (reason.label === null) return words.no_label;
      return words.label(reason.level === null ? label(reason.label) : `${label(reason.label)} ${t.providers.terms.prisLevel[reason.level]}`);
    case 'distance':
      return reason.km === null ? words.no_distance : words.distance(reason.km);
    case 'on_site':
      return reason.hours === null ? words.no_on_site : words.on_site(reason.hours);
    case 'key':
      return t.providers.terms.key[reason.state];
    case 'kind':
      return words.kind(t.words.organisationKind[reason.served], reason.cases);
    case 'size':
      return words.size(t.providers.terms.size[reason.band], reason.cases);
    case 'satisfaction':
      return words.satisfaction(reason.satisfied, reason.answered);
  }
}

/** Whether it tells a firm from another at a glance; the rest stands in its sum, beside its name or at its end. */
export function isTelling(reason: CriterionReason): boolean {
  switch (reason.kind) {
    case 'experience':
    case 'kind':
    case 'size':
      return reason.cases > 0;
    case 'technologies':
      return reason.asked > 0;
    case 'label':
      return reason.label === null;
    case 'distance':
      return reason.km === null;
    case 'satisfaction':
      return reason.answered > 0;
    case 'on_site':
    case 'key':
      return true;
  }
}

export function caveat(what: MatchCaveat): string {
  const words = t.providers.match.caveat;
  return what.kind === 'fewer_than_wanted' ? words.fewer_than_wanted(what.found) : words[what.kind];
}

export function reminder(what: ProviderReminder): string {
  const words = t.providers.terms.reminder;
  switch (what.kind) {
    case 'label_expiring':
    case 'label_expired':
      return words[what.kind](label(what.label), day(what.on));
    case 'confirmation_due':
      return what.last === null ? t.providers.terms.neverConfirmed : words.confirmation_due(day(what.last));
    case 'insurance_ended':
      return words.insurance_ended(day(what.on));
    case 'insurance_unknown':
      return words.insurance_unknown;
  }
}

export function notice(what: ProviderNotice): string {
  return what.kind === 'reminder' ? reminder(what.reminder) : t.providers.match.conflictToRead(what.note);
}

export function needReason(reason: ProviderNeedReason): string {
  const words = t.providers.match.needs.reasons;
  switch (reason.reason) {
    case 'naf':
      return words.naf(reason.code);
    case 'kind':
      return words.kind(t.words.organisationKind[reason.kind]);
    case 'category':
      return words.category(t.words.category[reason.category]);
    case 'word':
      return words.word(reason.word);
    case 'grade':
      return words.grade(reason.grade);
    default:
      return words[reason.reason];
  }
}

/** Why a value was taken from the case: « Repris : triage, gravité G3 »; empty where it was not. */
export function why(because: readonly DeducedNeed[], need: DeducedNeed['need'], value?: string): string {
  const reasons = because.filter((each) => each.need === need && (value === undefined || ('value' in each && each.value === value))).map((each) => needReason(each.because));
  return reasons.length === 0 ? '' : t.providers.match.needs.because([...new Set(reasons)].join(', '));
}

/** Whether a value still is the one that the case gave. */
export function asDeduced<K extends keyof ProviderNeeds>(now: ProviderNeeds, deduced: ProviderNeeds, field: K): boolean {
  return JSON.stringify(now[field]) === JSON.stringify(deduced[field]);
}

export function area(what: ProviderArea): string {
  const words = t.providers.terms.area;
  switch (what.kind) {
    case 'departement':
    case 'region':
      return words[what.kind](what.code);
    case 'epci':
      return words.epci(what.siren);
    case 'radius':
      return words.radius(what.km);
    case 'france':
      return words.france;
  }
}

const clock = (minutes: number) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** When a firm answers. */
export function opening(rule: OpeningRule): string {
  const words = t.providers.registry.facts;
  switch (rule.rule) {
    case 'always':
      return words.hoursAlways;
    case 'except_holidays':
      return words.hoursExceptHolidays;
    case 'working_days':
      return words.hoursWorking(clock(rule.from_minute), clock(rule.until_minute));
  }
}

/** « Ligne fermée jusqu’à 09 h 00 », with the day when it is another one. */
export function closedUntil(at: string, now: Date = new Date()): string {
  const words = t.providers.registry.facts;
  const { language } = speech;
  const hour = time(at, language);
  return date(at, language) === date(now, language) ? words.closedToday(hour) : words.closedUntil(day(at), hour);
}

/** « PRIS élevé », or the name of a label that has no kind of its own. */
export function labelName(held: ProviderLabel): string {
  const name = held.kind === 'other' && held.name.trim() !== '' ? held.name : label(held.kind);
  return held.level === null ? name : `${name} ${t.providers.terms.prisLevel[held.level]}`;
}

/** The label with its number and its end. */
export function labelWhole(held: ProviderLabel): string {
  const activities = held.activities.map((each) => t.providers.terms.prisActivity[each]).join(', ');
  const full = activities === '' ? labelName(held) : `${labelName(held)} (${activities})`;
  const name = held.number === '' ? full : `${full}, ${t.providers.registry.facts.number(held.number)}`;
  return held.expires === null ? name : t.providers.terms.until(name, day(held.expires));
}

/** « Label, n° 2 : manque ». */
export function wrongField(wrong: ProviderWrongField): string {
  const words = t.providers.registry;
  const [field, mistake] = [words.field[wrong.field], words.mistake[wrong.mistake]];
  return wrong.index === null ? words.wrongField(field, mistake) : words.wrongAt(field, wrong.index + 1, mistake);
}

export function trouble(what: ProviderTrouble): string {
  return typeof what === 'string' ? t.providers.import.trouble[what] : t.providers.registry.mistake[what.refused];
}

/** Hundredths of a point, as points: 7 250 gives « 72,5 ». */
export function points(hundredths: number): string {
  return number(hundredths / 100, speech.language, 1);
}

export function kilometres(km: number | null): string {
  return km === null ? t.providers.match.list.kmUnknown : t.providers.km(km);
}
