// Which parts of a text a search meant.
export interface Piece {
  text: string;
  hit: boolean;
}

/** Without accents and case, letter for letter, so that places stay the same. */
export function fold(text: string): string {
  return [...text].map((letter) => {
    const bare = letter.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
    return bare.length === letter.length ? bare : letter.toLowerCase().slice(0, letter.length).padEnd(letter.length);
  }).join('');
}

/** The words of a query found at the beginning of words. */
export function pieces(text: string, query: string): Piece[] {
  const words = fold(query).split(/\s+/).filter((word) => word !== '');
  const folded = fold(text);
  const hits: boolean[] = new Array<boolean>(text.length).fill(false);
  for (const word of words) {
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1)) {
      if (at === 0 || !/[\p{L}\p{N}]/u.test(folded.charAt(at - 1))) hits.fill(true, at, at + word.length);
    }
  }
  return joined([...text.split('')].map((letter, place) => ({ text: letter, hit: hits[place] ?? false })));
}

/** A passage in which the host put the words found between U+E000 and U+E001. */
export function marked(passage: string): Piece[] {
  return passage.split('\ue000').flatMap((part, place) => {
    if (place === 0) return part === '' ? [] : [{ text: part, hit: false }];
    const [hit = '', rest = ''] = part.split('\ue001');
    return [{ text: hit, hit: true }, { text: rest, hit: false }].filter((piece) => piece.text !== '');
  });
}

function joined(letters: Piece[]): Piece[] {
  const out: Piece[] = [];
  for (const letter of letters) {
    const last = out.at(-1);
    if (last && last.hit === letter.hit) last.text += letter.text;
    else out.push({ ...letter });
  }
  return out;
}
