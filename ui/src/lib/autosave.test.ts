import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { autosave, LONGEST_MS, QUIET_MS, RETRY_MS, type SaveState } from './autosave';

describe('autosave', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  function typist(save = vi.fn(async () => {})) {
    const states: SaveState[] = [];
    return { save, states, keep: autosave(save, (state) => states.push(state)) };
  }

  it('saves shortly after the last key', async () => {
    const { save, states, keep } = typist();
    keep.touch();
    await vi.advanceTimersByTimeAsync(QUIET_MS - 1);
    expect(save).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(save).toHaveBeenCalledTimes(1);
    expect(states).toEqual(['waiting', 'saving', 'saved']);
  });

  it('saves at most a second apart while somebody types without a pause', async () => {
    const at: number[] = [];
    const { keep } = typist(vi.fn(async () => void at.push(Date.now())));
    const start = Date.now();
    for (let key = 0; key < 100; key += 1) {
      keep.touch();
      await vi.advanceTimersByTimeAsync(50);
    }
    await keep.flush();
    const gaps = at.map((time, i) => time - (at[i - 1] ?? start));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(1_000);
    expect(Math.max(...gaps)).toBeGreaterThanOrEqual(LONGEST_MS);
  });

  it('never runs two saves at once, and saves again what changed meanwhile', async () => {
    let open = 0;
    let most = 0;
    const { save, keep } = typist(
      vi.fn(async () => {
        most = Math.max(most, ++open);
        await new Promise((done) => setTimeout(done, 400));
        open -= 1;
      }),
    );
    keep.touch();
    await vi.advanceTimersByTimeAsync(QUIET_MS + 100);
    keep.touch();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(most).toBe(1);
    expect(save).toHaveBeenCalledTimes(2);
  });

  it('says that a save failed, and tries again by itself', async () => {
    let broken = true;
    const { states, keep } = typist(
      vi.fn(async () => {
        if (broken) throw new Error('disk full');
      }),
    );
    keep.touch();
    await vi.advanceTimersByTimeAsync(QUIET_MS);
    expect(states.at(-1)).toBe('failed');
    broken = false;
    await vi.advanceTimersByTimeAsync(RETRY_MS);
    expect(states.at(-1)).toBe('saved');
  });

  it('waits for the next key after a failure where the pace says so', async () => {
    const save = vi.fn(async () => {
      throw new Error('too long');
    });
    const keep = autosave(save, () => undefined, { quiet: 1_500, longest: 20_000, retry: null });
    keep.touch();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(save).toHaveBeenCalledTimes(1);
    keep.touch();
    await vi.advanceTimersByTimeAsync(1_499);
    expect(save).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(save).toHaveBeenCalledTimes(2);
    expect(await keep.flush()).toBe(false);
  });

  it('flushes at once and tells whether all is saved', async () => {
    const { save, keep } = typist();
    keep.touch();
    expect(await keep.flush()).toBe(true);
    expect(save).toHaveBeenCalledTimes(1);
    expect(await keep.flush()).toBe(true);
    expect(save).toHaveBeenCalledTimes(1);
  });

  it('a stopped one saves nothing more', async () => {
    const { save, keep } = typist();
    keep.touch();
    keep.stop();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(save).not.toHaveBeenCalled();
  });
});
