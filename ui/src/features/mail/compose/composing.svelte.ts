// A mail that is being written: it saves by itself, and after each save the host says what sending it would mean.
import { api } from '$lib/api/client';
import type { Address, Exported, MailDraft, MailDraftView, RecipientView, SentView } from '$lib/api/generated';
import { autosave, type Autosave, type Pace, type SaveState } from '$lib/autosave';
import { keep, unsent } from '$lib/unsent';
import { isBlank, isFresh, noLongerFresh } from '$shared/mail/writing';

/** Of a mail: the state of keys follows the writer closely. */
export const COMPOSING: Pace = { quiet: 600, longest: 2_000, retry: 3_000 };

export class Composing {
  /** As the host keeps it. */
  view = $state.raw<MailDraftView | null>(null);
  /** As it stands on the screen. */
  draft = $state<MailDraft | null>(null);
  state = $state<SaveState>('untouched');
  /** Why it could not be read. */
  failure = $state.raw<unknown>(null);
  /** Why the last save failed, until one succeeds. */
  saveFailure = $state.raw<unknown>(null);
  private readonly pace: Autosave;
  private readonly name: string;
  private ended = false;

  constructor(readonly id: string) {
    this.name = `mail ${id}`;
    this.pace = autosave(
      () => this.save(),
      (state, error) => {
        this.state = state;
        if (state === 'failed') this.saveFailure = error;
        if (state === 'saved') this.saveFailure = null;
      },
      COMPOSING,
    );
  }

  async read(): Promise<void> {
    try {
      const view = await api.mailDraftGet(this.id);
      const left = unsent(this.name);
      this.view = view;
      this.draft = left === '' ? structuredClone(view.draft) : { ...(JSON.parse(left) as MailDraft), attachments: [...view.draft.attachments] };
      this.failure = null;
      if (left !== '') this.pace.touch();
    } catch (error) {
      this.failure = error;
    }
  }

  /** Something was typed. */
  typed(): void {
    if (this.draft === null) return;
    noLongerFresh(this.id);
    keep(this.name, JSON.stringify($state.snapshot(this.draft)));
    this.pace.touch();
  }

  /** Something was chosen rather than typed: saved at once. */
  chosen(): void {
    this.typed();
    void this.pace.flush();
  }

  /** Saves what is left; whether everything is saved. */
  flush(): Promise<boolean> {
    return this.pace.flush();
  }

  private async save(): Promise<void> {
    if (this.draft === null || this.ended) return;
    const sent = JSON.stringify($state.snapshot(this.draft));
    const view = await api.mailDraftSave(this.id, JSON.parse(sent) as MailDraft);
    this.view = view;
    if (this.draft !== null && JSON.stringify($state.snapshot(this.draft)) === sent) keep(this.name, '');
  }

  /** How a recipient is reached, once the host has said it. */
  reach(address: Address): RecipientView | null {
    const mail = address.mail.toLowerCase();
    return this.view?.protection.recipients.find((each) => each.address.mail.toLowerCase() === mail) ?? null;
  }

  async attach(name: string, bytes: string): Promise<void> {
    await this.attached(() => api.mailDraftAttach(this.id, name, bytes));
  }

  async attachDocument(document: string): Promise<void> {
    await this.attached(() => api.mailDraftAttachDocument(this.id, document));
  }

  /** The host puts files on the draft that it keeps: what is typed goes first, or it would be lost behind them. */
  private async attached(work: () => Promise<MailDraftView>): Promise<void> {
    noLongerFresh(this.id);
    if (!(await this.flush())) throw this.saveFailure;
    this.view = await work();
    if (this.draft) this.draft.attachments = [...this.view.draft.attachments];
  }

  /** What the template makes of this mail; the draft that the host fills for it is thrown away again. */
  async filled(template: string): Promise<Pick<MailDraft, 'subject' | 'text' | 'template' | 'lang'>> {
    const made = await api.mailDraftNew(this.draft?.case ?? null, template, null);
    await api.mailDraftDiscard(made.id);
    return { subject: made.draft.subject, text: made.draft.text, template, lang: made.draft.lang };
  }

  async send(): Promise<SentView> {
    if (!(await this.flush())) throw this.saveFailure;
    const sent = await api.mailSend(this.id);
    this.end();
    return sent;
  }

  async writeOut(): Promise<Exported> {
    if (!(await this.flush())) throw this.saveFailure;
    return api.mailExport(this.id, null);
  }

  /** Nothing of it is saved any more: it was sent or thrown away. */
  end(): void {
    this.ended = true;
    this.pace.stop();
    keep(this.name, '');
  }

  /** The screen is left: what was typed is saved, and what nobody wrote in is not kept. */
  async leave(): Promise<void> {
    if (this.ended || this.draft === null) return;
    if (isFresh(this.id) || isBlank($state.snapshot(this.draft))) {
      noLongerFresh(this.id);
      this.end();
      await api.mailDraftDiscard(this.id).catch(() => undefined);
    } else {
      await this.flush();
      // What could not be saved waits in memory for the next opening; a late try must not overwrite what is written then.
      this.pace.stop();
    }
  }
}
