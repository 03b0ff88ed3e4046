import type { Category } from '$lib/api/generated';
import { t } from '$lib/messages/index.svelte';

/** « Rançongiciel, équipement de bordure »: one capital for the whole list. */
export function kinds(categories: readonly Category[]): string {
  const words = categories.map((category) => t.words.category[category]).join(', ');
  return words.charAt(0) + words.slice(1).replace(/, \p{Lu}(?=\p{Ll})/gu, (start) => start.toLocaleLowerCase());
}
