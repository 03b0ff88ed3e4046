import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { api } from '$lib/api/client';
import type { MailDraft, MailDraftView } from '$lib/api/generated';
import { unsent } from '$lib/unsent';
import { write } from '$shared/mail/writing';
import { Composing, COMPOSING } from './composing.svelte';

const DRAFT: MailDraft = {
  case: '0190-c', answers: null, forwards: null, to: [{ name: '', mail: 'a@b.example' }], cc: [], bcc: [], subject: 'Point', tlp: 'TLP:AMBER', text: 'Bonjour', template: '', lang: 'fr',
  attachments: [], keyless: 'undecided', with_key: false,
};
const view = (draft: MailDraft): MailDraftView => ({
  id: '0190-d', draft, case: null, saved_at: '2026-03-12T08:42:00Z', author: null,
  protection: {
    recipients: draft.to.map((address) => ({
      address, way: 'encrypted', key: { id: null, fingerprint: '', trust: null, fitness: null, expires: null, verification: null },
    })),
    obstacles: [], signed: true, subject: '', outer_subject: '', from: { name: '', mail: '' }, size: 0, four_eyes: false, fingerprint: '',
  },
});

describe('a mail being written', () => {
  const get = vi.spyOn(api, 'mailDraftGet');
  const save = vi.spyOn(api, 'mailDraftSave');
  const discard = vi.spyOn(api, 'mailDraftDiscard');
  const send = vi.spyOn(api, 'mailSend');
  beforeEach(() => {
    vi.useFakeTimers();
    get.mockReset().mockResolvedValue(view(DRAFT));
    save.mockReset().mockImplementation((_, draft) => Promise.resolve(view(draft)));
    discard.mockReset().mockResolvedValue(undefined);
    send.mockReset().mockResolvedValue({ id: '0190-d', held_until: '2026-03-12T08:42:20Z', awaits_approval: false, passphrase: null });
  });
  afterEach(() => vi.useRealTimers());

  async function begun(text: string) {
    const composing = new Composing('0190-d');
    await composing.read();
    if (composing.draft) composing.draft.text = text;
    composing.typed();
    return composing;
  }

  it('saves itself in a pause of the typing', async () => {
    const composing = await begun('Bonjour Madame');
    await vi.advanceTimersByTimeAsync(COMPOSING.quiet);
    expect(save).toHaveBeenCalledExactlyOnceWith('0190-d', { ...DRAFT, text: 'Bonjour Madame' });
    expect(composing.state).toBe('saved');
    expect(unsent('mail 0190-d')).toBe('');
  });

  it('is not lost when the vault refuses to save it', async () => {
    save.mockRejectedValue({ code: 'locked', message: '', field: null });
    const composing = await begun('Texte entier');
    await composing.leave();
    expect(composing.saveFailure).not.toBeNull();
    const again = new Composing('0190-d');
    await again.read();
    expect(again.draft?.text).toBe('Texte entier');
    save.mockImplementation((_, draft) => Promise.resolve(view(draft)));
    await again.flush();
    expect(unsent('mail 0190-d')).toBe('');
    composing.end();
    again.end();
  });

  it('is saved when its screen is left', async () => {
    const composing = await begun('Dernier mot');
    await composing.leave();
    expect(save).toHaveBeenCalledTimes(1);
    expect(discard).not.toHaveBeenCalled();
  });

  it('is not kept when nobody wrote in it', async () => {
    get.mockResolvedValue(view({ ...DRAFT, to: [], subject: '', text: '' }));
    const composing = new Composing('0190-d');
    await composing.read();
    await composing.leave();
    expect(discard).toHaveBeenCalledExactlyOnceWith('0190-d');
  });

  it('is not kept when it was only begun, though the host wrote the recipient in', async () => {
    vi.stubGlobal('location', { hash: '' });
    vi.spyOn(api, 'mailDraftNew').mockResolvedValue(view(DRAFT));
    await write({ about: '0190-c' });
    const begun = new Composing('0190-d');
    await begun.read();
    await begun.leave();
    expect(discard).toHaveBeenCalledTimes(1);
    await write({ about: '0190-c' });
    const written = new Composing('0190-d');
    await written.read();
    written.typed();
    await written.leave();
    expect(discard).toHaveBeenCalledTimes(1);
    vi.unstubAllGlobals();
  });

  it('is saved before it is sent, and never after', async () => {
    const composing = await begun('À envoyer');
    await composing.send();
    expect(save.mock.invocationCallOrder[0]).toBeLessThan(send.mock.invocationCallOrder[0] ?? 0);
    composing.typed();
    await composing.leave();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(save).toHaveBeenCalledTimes(1);
  });

  it('is not sent while it is not saved', async () => {
    save.mockRejectedValue({ code: 'disk_full', message: '', field: null });
    const composing = await begun('À envoyer');
    await expect(composing.send()).rejects.toMatchObject({ code: 'disk_full' });
    expect(send).not.toHaveBeenCalled();
    composing.end();
  });

  it('knows a recipient whatever the capitals', async () => {
    const composing = new Composing('0190-d');
    await composing.read();
    expect(composing.reach({ name: '', mail: 'A@B.example' })?.way).toBe('encrypted');
    expect(composing.reach({ name: '', mail: 'x@y.example' })).toBeNull();
  });
});
