import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { api } from '$lib/api/client';
import type { Rfc2350, Rfc2350View } from '$lib/api/generated';
import { unsent } from '$lib/unsent';
import { Drafting, HeadWriting, Writing, WRITING } from './drafting.svelte';

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

const nowhere = { name: '', url: '' };
const document: Rfc2350 = {
  tlp: null, version: '1.4', dated: null, found_at: nowhere, announced_at: nowhere, key_at: nowhere, key_servers: [], security_txt_url: '',
  leader: null, texts: { mission: { fr: 'Assister.', en: 'Assist.', en_of: '' } }, not_applicable: ['fax'],
};

describe('the head being written', () => {
  it('is sent whole, without what is empty', async () => {
    const sent = vi.spyOn(api, 'rfc2350HeadSet').mockResolvedValue({ entry: 'e' });
    const writing = new HeadWriting(document, vi.fn());
    writing.addServer();
    writing.head.version = '1.5';
    writing.head.leader = ' ';
    writing.typed();
    expect(await writing.flush()).toBe(true);
    expect(sent).toHaveBeenCalledExactlyOnceWith({ ...document, version: '1.5' });
    await writing.leave();
    expect(writing.head.key_servers).toEqual([]);
  });
});

describe('the draft', () => {
  const view = (version: string): Rfc2350View => ({
    document: { ...document, version }, sections: [], findings: [], modified: true, editions: [],
  });

  it('shows the latest reading, whichever comes first, and waits for it', async () => {
    const answers: ((found: Rfc2350View) => void)[] = [];
    vi.spyOn(api, 'rfc2350').mockImplementation(() => new Promise((done) => answers.push(done)));
    const drafting = new Drafting();
    const early = drafting.read();
    const late = drafting.read();
    answers[1]?.(view('1.6'));
    await late;
    answers[0]?.(view('1.5'));
    await early;
    expect(drafting.view?.document.version).toBe('1.6');
    expect(drafting.head?.head.version).toBe('1.6');
    expect(drafting.revision).toBe(1);
  });

  it('keeps one text for each section and language', async () => {
    vi.spyOn(api, 'rfc2350').mockResolvedValue(view('1.5'));
    const drafting = new Drafting();
    await drafting.read();
    expect(drafting.writing('mission', 'en').text).toBe('Assist.');
    expect(drafting.writing('mission', 'en')).toBe(drafting.writing('mission', 'en'));
    expect(drafting.writing('contact', 'fr').text).toBe('');
    expect(await drafting.flush()).toBe(true);
  });
});
