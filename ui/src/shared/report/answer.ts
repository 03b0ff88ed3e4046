// What came back when a question was asked, as the fields of the form read and write it.
import type { Answer, Person } from '$lib/api/generated';

/** The answer that a text stands for: blank means that nothing was said yet. */
export function ofText(text: string): Answer<string> {
  return text === '' ? { state: 'unasked' } : { state: 'known', value: text };
}

/** The answer that a value stands for. */
export function ofValue<T>(value: T | null): Answer<T> {
  return value === null ? { state: 'unasked' } : { state: 'known', value };
}

/** The value, if one is known. */
export function known<T>(answer: Answer<T>): T | null {
  return answer.state === 'known' ? answer.value : null;
}

/** Nobody yet. */
export const NOBODY: Person = { name: '', function: '', phone: '', mail: '' };

/** Whether nothing is told of a person. */
export function isNobody(person: Person): boolean {
  return person.name + person.function + person.phone + person.mail === '';
}
