// The passphrase of a case, as it is said on the telephone: words, and a figure after each but the last.

export interface Said {
  word: string;
  /** What comes after it; null after the last word. */
  figure: string | null;
}

/** The pieces in the order in which they are said. */
export function dictated(passphrase: string): Said[] {
  return [...passphrase.matchAll(/([a-z]+)([0-9]?)/gi)].map(([, word = '', figure]) => ({ word, figure: figure || null }));
}
