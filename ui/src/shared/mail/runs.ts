// What a mail quotes is folded: what somebody wrote comes first.
import type { TextRun } from '$lib/api/generated';

/** A quote of so few lines, answered underneath, is part of the conversation and stays. */
const SHORT = 3;

export interface Block {
  kind: 'written' | 'quoted';
  runs: TextRun[];
  /** Lines of a quote. */
  lines: number;
  /** Whether the quote is shown at once. */
  open: boolean;
}

/** The runs of a text as blocks to be shown, empty ones left out. */
export function blocks(runs: readonly TextRun[]): Block[] {
  const out: Block[] = [];
  for (const run of runs) {
    const kind = run.depth > 0 ? 'quoted' : 'written';
    if (run.text.trim() === '') continue;
    const last = out.at(-1);
    const lines = kind === 'quoted' ? run.text.trim().split('\n').length : 0;
    if (last && last.kind === kind) {
      last.runs.push(run);
      last.lines += lines;
    } else out.push({ kind, runs: [run], lines, open: false });
  }
  const said = out.some((block) => block.kind === 'written');
  out.forEach((block, place) => {
    const answered = out.slice(place + 1).some((later) => later.kind === 'written');
    // A mail that only quotes is not folded to nothing.
    block.open = block.kind === 'quoted' && (!said || (answered && block.lines <= SHORT));
  });
  return out;
}
