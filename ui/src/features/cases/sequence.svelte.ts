// The cases of the list that one came from, so that the page of a case leads to the one before and after.
let ids = $state.raw<readonly string[]>([]);

/** Remembers the list that a case is opened from. */
export function openedFrom(list: readonly string[]): void {
  ids = list;
}

/** The cases before and after. */
export function around(id: string): { previous: string | null; next: string | null } {
  const place = ids.indexOf(id);
  return {
    previous: place > 0 ? (ids[place - 1] ?? null) : null,
    next: place >= 0 ? (ids[place + 1] ?? null) : null,
  };
}
