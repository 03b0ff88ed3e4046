// What a template may be filled with: the closed list, and what of a text is not on it.
import { putIn } from '$lib/insert';
import type { Messages } from '$lib/messages/types';

export type TemplateField = keyof Messages['mail']['templates']['fields'];

const BRACED = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** The names between double braces, each once, in order. */
export function fieldsOf(...texts: readonly string[]): string[] {
  return [...new Set(texts.flatMap((text) => [...text.matchAll(BRACED)].map((match) => match[1] ?? '')))];
}

/** Those that nobody will fill in. */
export function unknownFields(known: readonly string[], ...texts: readonly string[]): string[] {
  return fieldsOf(...texts).filter((name) => !known.includes(name));
}

/** A text with something put in where the cursor is; and where the cursor goes. */
export function inserted(text: string, start: number, end: number, name: string): { text: string; cursor: number } {
  return putIn(text, start, end, `{{${name}}}`);
}
