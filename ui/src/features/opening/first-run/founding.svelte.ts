// What the first run gathers. Nothing of it is written before the vault is made, and all of it is wiped after.
import type { SessionView, TeamProfile, VaultRequest } from '$lib/api/generated';
import { KeyChoice } from '$shared/key/choice.svelte';

export const STEPS = ['welcome', 'profile', 'lead', 'recovery', 'key', 'ready'] as const;
export type Step = (typeof STEPS)[number];

/** How many groups of the recovery key are typed back. */
const TYPED_BACK = 2;

export class Founding {
  step = $state<Step>('welcome');
  profile = $state<TeamProfile | null>(null);
  /** Which template the profile began with: its place in the list, or none yet. */
  template = $state<string | null>(null);
  leadName = $state('');
  passphrase = $state('');
  again = $state('');
  strong = $state(false);
  recoveryKey = $state('');
  /** Numbers (from 1) of the groups to type back, and what was typed. */
  asked = $state<number[]>([]);
  typed = $state<string[]>([]);
  readonly key = new KeyChoice();
  /** The open vault, once it is made. */
  made = $state.raw<SessionView | null>(null);

  readonly groups = $derived(this.recoveryKey.split(/[^0-9A-Za-z]+/).filter((group) => group !== ''));

  takeRecoveryKey(key: string): void {
    this.recoveryKey = key;
    this.asked = drawn(TYPED_BACK, this.groups.length);
    this.typed = this.asked.map(() => '');
  }

  /** Whether the group asked at a place was typed back rightly. */
  typedRight(place: number): boolean {
    const group = this.groups[(this.asked[place] ?? 0) - 1] ?? '';
    return group !== '' && plain(this.typed[place] ?? '') === plain(group);
  }

  request(): VaultRequest | null {
    if (!this.profile) return null;
    return {
      profile: $state.snapshot(this.profile),
      lead_name: this.leadName.trim(),
      passphrase: this.passphrase,
      recovery_key: this.recoveryKey,
      team_key: this.key.source(),
    };
  }

  /** Forgets every secret: after the making, and when the first run is left. */
  wipe(): void {
    this.passphrase = '';
    this.again = '';
    this.strong = false;
    this.recoveryKey = '';
    this.asked = [];
    this.typed = [];
    this.key.wipe();
  }
}

/** Letters that a hand confuses are read as what they stand for, as the host does (Crockford's base 32). */
function plain(text: string): string {
  return text.toUpperCase().replace(/[^0-9A-Z]/g, '').replace(/[IL]/g, '1').replace(/O/g, '0');
}

/** Different numbers from 1 to `of`, in order, drawn by the system. */
function drawn(count: number, of: number): number[] {
  const left = Array.from({ length: of }, (_, index) => index + 1);
  const out: number[] = [];
  while (out.length < count && left.length > 0) {
    const random = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
    out.push(...left.splice(random % left.length, 1));
  }
  return out.sort((a, b) => a - b);
}
