import { describe, expect, it } from 'vitest';
import { blocks } from './runs';

const run = (depth: number, text: string) => ({ depth, text });
const lines = (count: number) => Array.from({ length: count }, (_, line) => `ligne ${line}`).join('\n');

describe('the text of a mail', () => {
  it('folds what it quotes at its end, however deep', () => {
    const found = blocks([run(0, 'Reçu, merci.'), run(1, lines(4)), run(2, lines(8))]);
    expect(found.map((block) => [block.kind, block.lines, block.open])).toEqual([['written', 0, false], ['quoted', 12, false]]);
  });

  it('leaves a short quote that is answered underneath', () => {
    const found = blocks([run(1, 'Le serveur est-il éteint ?'), run(0, 'Oui.'), run(1, lines(9)), run(0, 'Non.')]);
    expect(found.map((block) => block.open)).toEqual([true, false, false, false]);
  });

  it('does not fold a mail that only quotes to nothing', () => {
    expect(blocks([run(1, lines(30))])[0]?.open).toBe(true);
  });

  it('knows no empty block', () => {
    expect(blocks([run(0, '\n\n'), run(1, '  ')])).toEqual([]);
    expect(blocks([])).toEqual([]);
  });
});
