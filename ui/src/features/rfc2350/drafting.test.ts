import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { api } from '$lib/api/client';
import { unsent } from '$lib/unsent';
import { Writing, WRITING } from './drafting.svelte';

describe('a text being written', () => {
  const sent = vi.spyOn(api, 'rfc2350TextSet');
  beforeEach(() => {
    vi.useFakeTimers();
    sent.mockReset().mockResolvedValue({ entry: 'e' });
  });
  afterEach(() => vi.useRealTimers());

  function write(text: string, kept = 'Assister.') {
    const saved = vi.fn();
    const writing = new Writing('mission', 'fr', kept, saved);
    writing.focus();
    writing.text = text;
    writing.typed();
    return { writing, saved };
  }

  it('is saved a second and a half after the last key', async () => {
    const { saved } = write('Assister toujours.');
    await vi.advanceTimersByTimeAsync(WRITING.quiet - 1);
    expect(sent).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(sent).toHaveBeenCalledExactlyOnceWith('mission', 'fr', 'Assister toujours.');
    expect(saved).toHaveBeenCalledTimes(1);
  });

  it('is saved as soon as its field is left, then shown as the host cleaned it', async () => {
    const { writing } = write('Assister  !');
    const left = writing.leave();
    await left;
    expect(sent).toHaveBeenCalledTimes(1);
    writing.follow('Assister\u202f!');
    expect(writing.text).toBe('Assister\u202f!');
  });

  it('is not changed under the hand that writes it', async () => {
    const { writing } = write('Assister  !');
    await vi.advanceTimersByTimeAsync(WRITING.quiet);
    writing.follow('Assister\u202f!');
    expect(writing.text).toBe('Assister  !');
    await writing.leave();
    expect(writing.text).toBe('Assister\u202f!');
  });

  it('stays, here and for the next time, when it cannot be saved', async () => {
    sent.mockRejectedValue({ code: 'disk_full', message: '', field: null });
    const { writing, saved } = write('Assister encore.');
    await writing.leave();
    writing.follow('Assister.');
    expect(writing.text).toBe('Assister encore.');
    expect(writing.failure).toMatchObject({ code: 'disk_full' });
    expect(saved).not.toHaveBeenCalled();
    expect(unsent('rfc2350 mission fr')).toBe('Assister encore.');
    sent.mockResolvedValue({ entry: 'e' });
    const again = new Writing('mission', 'fr', 'Assister.', vi.fn());
    expect(again.text).toBe('Assister encore.');
    expect(await again.flush()).toBe(true);
    expect(unsent('rfc2350 mission fr')).toBe('');
  });

  it('that nobody touched follows the host and is never sent', async () => {
    const writing = new Writing('mission', 'fr', 'Assister.', vi.fn());
    writing.focus();
    await writing.leave();
    writing.follow('Aider.');
    expect(writing.text).toBe('Aider.');
    expect(sent).not.toHaveBeenCalled();
  });
});
