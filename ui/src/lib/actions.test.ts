import { describe, expect, it } from 'vitest';
import { ACTIONS, keyCaps, meant, opensSequence, written, type Press } from './actions';
import { fr } from './messages/fr';

const press = (key: string, held: Partial<Press> = {}): Press => ({
  key, ctrlKey: false, altKey: false, shiftKey: false, metaKey: false, ...held,
});

describe('the table of actions', () => {
  it('has every named action once', () => {
    const ids = ACTIONS.map((action) => action.id);
    expect([...ids].sort()).toEqual(Object.keys(fr.common.actions).sort());
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('gives no two actions that can be there together the same keys', () => {
    for (const scope of ['list', 'case', 'mail', 'intake', 'documents'] as const) {
      const keys = ACTIONS.filter((action) => action.scope === 'app' || action.scope === scope)
        .map((action) => action.keys)
        .filter((k) => k !== undefined);
      expect(new Set(keys).size, scope).toBe(keys.length);
    }
  });

  it('never lets a single letter act while somebody types', () => {
    for (const action of ACTIONS) if (action.whileTyping) expect(action.keys, action.id).toMatch(/^(Ctrl|Alt)\+/);
  });
});

describe('a press', () => {
  it('is written as the table writes it', () => {
    expect(written(press('k', { ctrlKey: true }))).toBe('Ctrl+K');
    expect(written(press('?', { shiftKey: true }))).toBe('?');
    expect(written(press('G'))).toBe('g');
    expect(written(press(' '))).toBe('Space');
    expect(written(press('Enter', { ctrlKey: true, shiftKey: true }))).toBe('Ctrl+Shift+Enter');
  });

  it('means its action, also as the second of two', () => {
    expect(meant('Ctrl+K', null, true).map((a) => a.id)).toEqual(['palette']);
    expect(opensSequence('g')).toBe(true);
    expect(meant('c', 'g', false).map((a) => a.id)).toEqual(['go_cases']);
    expect(meant('c', 'g', true)).toEqual([]);
  });

  it('is drawn with the names of the language', () => {
    expect(keyCaps('Ctrl+Enter', fr.common.keys)).toEqual(['Ctrl', 'Entrée']);
    expect(keyCaps('g c', fr.common.keys)).toEqual(['G', 'C']);
    expect(keyCaps('Alt+ArrowUp', fr.common.keys)).toEqual(['Alt', '↑']);
  });
});
