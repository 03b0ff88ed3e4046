import { describe, expect, it } from 'vitest';
import { en } from './en';
import { fr } from './fr';

/** Every sentence with its path; those with parameters are said with samples of each type. */
function sentences(node: unknown, path = ''): [string, string][] {
  if (typeof node === 'string') return [[path, node]];
  if (typeof node === 'function') {
    const say = node as (...args: unknown[]) => string;
    // Small and large numbers meet singular and plural; the same samples serve where a text is expected.
    return [0, 1, 2].map((count) => [`${path}(${count})`, say(count, String(count), 'x', 'y')]);
  }
  if (typeof node === 'object' && node !== null) {
    return Object.entries(node).flatMap(([key, child]) => sentences(child, path === '' ? key : `${path}.${key}`));
  }
  return [];
}

function paths(node: unknown, path = ''): string[] {
  if (typeof node === 'object' && node !== null) {
    return Object.entries(node).flatMap(([key, child]) => paths(child, path === '' ? key : `${path}.${key}`));
  }
  return [`${path}:${typeof node}`];
}

describe('the messages', () => {
  it('say the same things in both languages', () => {
    expect(paths(en).sort()).toEqual(paths(fr).sort());
  });

  it('leave no sentence empty', () => {
    for (const [path, text] of [...sentences(fr), ...sentences(en)]) {
      if (path.includes('(')) continue;
      expect(text.trim(), path).not.toBe('');
    }
  });

  it('are not left in French in the English file', () => {
    const french = new Map(sentences(fr));
    const same = sentences(en).filter(([path, text]) => text.length > 24 && french.get(path) === text);
    expect(same).toEqual([]);
  });
});

describe('French typography', () => {
  const all = sentences(fr);
  const breaches = (pattern: RegExp) => all.filter(([, text]) => pattern.test(text)).map(([path, text]) => `${path}: ${text}`);

  it('uses the curved apostrophe', () => {
    expect(breaches(/[A-Za-zÀ-ÿ]['`]/)).toEqual([]);
  });
  it('puts a narrow no-break space before ; ! ?', () => {
    expect(breaches(/[^\u202f][;!?]/)).toEqual([]);
  });
  it('puts a no-break space before a colon', () => {
    expect(breaches(/(?<!TLP|PAP|https|http)[^\u00a0]:(?!\/\/)/)).toEqual([]);
  });
  it('puts narrow no-break spaces inside « »', () => {
    expect(breaches(/«[^\u202f]|[^\u202f]»/)).toEqual([]);
  });
  it('uses one character for the suspension points', () => {
    expect(breaches(/\.\.\./)).toEqual([]);
  });
  it('keeps a number and its unit together', () => {
    expect(breaches(/\d (?:j|h|min|s|ko|Mo|%|€)(?![A-Za-zÀ-ÿ])/)).toEqual([]);
  });
});
