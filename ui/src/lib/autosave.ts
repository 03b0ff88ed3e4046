// Saves what is typed by itself: shortly after the last key, and while typing goes on never longer apart than a pace says;
// of a call, a kill at any instant loses less than a second of typing. One save runs at a time.

/** Quiet time after the last change before it is saved, milliseconds. */
export const QUIET_MS = 300;
/** Longest that a change waits while others follow, milliseconds; the rest of the second is for the save itself. */
export const LONGEST_MS = 700;
/** Wait before a failed save is tried again, milliseconds. */
export const RETRY_MS = 3_000;

/** How soon what is typed is saved, milliseconds. */
export interface Pace {
  quiet: number;
  longest: number;
  /** None: a failed save waits for the next key or for a flush. */
  retry: number | null;
}

/** Of a call: little may be lost. */
export const TAKING: Pace = { quiet: QUIET_MS, longest: LONGEST_MS, retry: RETRY_MS };

/** Where the text on the screen stands. */
export type SaveState = 'untouched' | 'waiting' | 'saving' | 'saved' | 'failed';

/** What changes on the way; `error` is the reason of the last failure. */
export interface Autosave {
  /** Tells that something changed. */
  touch(): void;
  /** Saves what is left now; resolves to whether everything is saved. */
  flush(): Promise<boolean>;
  /** Stops for good, without saving. */
  stop(): void;
}

/** Paces `save`; `report` hears each state with the error of a failed save. */
export function autosave(
  save: () => Promise<void>,
  report: (state: SaveState, error?: unknown) => void,
  { quiet, longest, retry }: Pace = TAKING,
): Autosave {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let firstUnsaved: number | null = null;
  let running: Promise<boolean> | null = null;
  let failed = false;
  let stopped = false;

  function plan(delay: number) {
    clearTimeout(timer);
    timer = setTimeout(() => void run(), delay);
  }

  async function run(): Promise<boolean> {
    clearTimeout(timer);
    if (running) {
      // What changed meanwhile goes with the next save.
      await running;
      return firstUnsaved === null ? true : run();
    }
    if (stopped || firstUnsaved === null) return firstUnsaved === null;
    running = once();
    const good = await running;
    running = null;
    if (stopped) return good;
    if (!good && retry !== null) plan(retry);
    else if (good && firstUnsaved !== null) plan(quiet);
    return good;
  }

  async function once(): Promise<boolean> {
    firstUnsaved = null;
    report('saving');
    try {
      await save();
      if (!stopped) report(firstUnsaved === null ? 'saved' : 'waiting');
      return true;
    } catch (error) {
      firstUnsaved ??= Date.now();
      failed = true;
      if (!stopped) report('failed', error);
      return false;
    }
  }

  return {
    touch() {
      if (stopped) return;
      const now = Date.now();
      // After a failure the pace begins anew.
      firstUnsaved = failed ? now : (firstUnsaved ?? now);
      failed = false;
      if (running) return;
      report('waiting');
      plan(Math.max(0, Math.min(quiet, firstUnsaved + longest - now)));
    },
    flush: run,
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
