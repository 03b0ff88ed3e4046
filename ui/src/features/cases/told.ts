// What the report says of an item, line by line, in words.
import type { Answer, Person, Report } from '$lib/api/generated';
import { dateTime, euros, number } from '$lib/format';
import { speech, t } from '$lib/messages/index.svelte';
import { kinds, type Item } from '$shared/report/items';
import { phone } from '$shared/report/written';

/** One line. */
export interface Line {
  label: string;
  text: string;
}

function person(told: Person): string {
  return [told.name, told.function, phone(told.phone), told.mail].filter((part) => part !== '').join(', ');
}

/** The lines of an item; what was not asked has none. `place` names the commune. */
export function toldLines(report: Report, item: Item, place: string): Line[] {
  const lines: Line[] = [];
  const add = <T>(label: string, answer: Answer<T>, say: (value: T) => string) => {
    if (answer.state === 'unasked') return;
    const text = answer.state === 'unknown' ? t.intake.unknownShown : say(answer.value);
    if (text !== '') lines.push({ label, text });
  };
  const same = (text: string) => text;
  const count = (n: number) => number(n, speech.language);
  const { ask } = t.intake;
  switch (item) {
    case 'organisation': {
      if (report.organisation.state !== 'known') return [];
      const told = report.organisation.value;
      const words = t.intake.organisation;
      const put = (label: string, text: string) => text !== '' && lines.push({ label, text });
      put(t.cases.name, told.name);
      put(words.kind, told.kind === null ? '' : t.words.organisationKind[told.kind]);
      put(words.commune, place);
      put(words.headcount, told.headcount === null ? '' : count(told.headcount));
      put(words.turnover_euros, told.turnover_euros === null ? '' : euros(told.turnover_euros, speech.language));
      put(words.management, person(told.management));
      put(words.technical, person(told.technical));
      break;
    }
    case 'requester':
      add(t.words.part.requester, report.requester, person);
      break;
    case 'chronology': {
      const moment = (told: { at: string; estimated: boolean }) =>
        dateTime(told.at, speech.language) + (told.estimated ? ` (${t.intake.estimatedHour})` : '');
      add(ask.detected, report.detected, moment);
      add(ask.started, report.started, moment);
      break;
    }
    case 'description':
      add(t.cases.kinds, report.categories, kinds);
      add(t.cases.narrative, report.narrative, same);
      add(t.cases.impact, report.impact, same);
      add(ask.machines, report.machines, count);
      add(ask.machineKinds, report.machine_kinds, same);
      break;
    case 'architecture':
      add(t.cases.architecture, report.architecture, same);
      add(ask.estate, report.estate, count);
      break;
    default:
      add(t.cases.said, report[item], same);
  }
  return lines;
}
