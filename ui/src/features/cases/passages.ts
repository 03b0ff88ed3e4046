/** A part of a found passage; `hit` words are shown marked. */
export interface Segment {
  text: string;
  hit: boolean;
}

const OPEN = '\uE000';
const CLOSE = '\uE001';

/** Cuts a passage at the marks that the search puts around the words it found; unpaired marks are dropped. */
export function segments(passage: string): Segment[] {
  const found: Segment[] = [];
  let hit = false;
  for (const part of passage.split(/([\uE000\uE001])/)) {
    if (part === OPEN) hit = true;
    else if (part === CLOSE) hit = false;
    else if (part !== '') found.push({ text: part, hit });
  }
  return found;
}
