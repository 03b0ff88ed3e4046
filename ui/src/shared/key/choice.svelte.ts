// Which key a team takes: a new one, or one that it brings along. The secret text is wiped once it is used.
import type { KeyPreview, TeamKeySource } from '$lib/api/generated';

export class KeyChoice {
  from = $state<TeamKeySource['from']>('generate');
  armoured = $state('');
  passphrase = $state('');
  preview = $state.raw<KeyPreview | null>(null);
  /** Fingerprints of the keys that analysts hold as well. */
  shared = $state<string[]>([]);
  /** A key that is brought along is looked at before it is taken. */
  readonly ready = $derived(this.from === 'generate' || this.preview !== null);

  look(preview: KeyPreview): void {
    this.preview = preview;
    // What only serves mail is proposed for the analysts; what signs stays with the lead.
    this.shared = preview.keys
      .filter((key) => key.role === 'mail' || key.role === 'encryption' || (key.encrypts && !key.signs && !key.certifies))
      .map((key) => key.fingerprint);
  }

  /** The text was changed: the key must be looked at anew. */
  forgetPreview(): void {
    this.preview = null;
    this.shared = [];
  }

  source(): TeamKeySource {
    if (this.from === 'generate') return { from: 'generate' };
    return { from: 'import', armoured: this.armoured, passphrase: this.passphrase, shared: [...this.shared] };
  }

  wipe(): void {
    this.armoured = '';
    this.passphrase = '';
    this.forgetPreview();
  }
}
