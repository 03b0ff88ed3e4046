// Saves what is typed by itself: shortly after the last key, and while typing goes on never more than a second apart,
// so that a kill at any instant loses less than a second of typing. One save runs at a time.

/** Quiet time after the last change before it is saved, milliseconds. */
export const QUIET_MS = 300;
/** Longest that a change waits while others follow, milliseconds; the rest of the second is for the save itself. */
export const LONGEST_MS = 700;
/** Wait before a failed save is tried again, milliseconds. */
export const RETRY_MS = 3_000;

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
): Autosave {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let firstUnsaved: number | null = null;
  let running: Promise<boolean> | null = null;
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
    if (!good) plan(RETRY_MS);
    else if (firstUnsaved !== null) plan(QUIET_MS);
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
      if (!stopped) report('failed', error);
      return false;
    }
  }

  return {
    touch() {
      if (stopped) return;
      const now = Date.now();
      firstUnsaved ??= now;
      if (running) return;
      report('waiting');
      plan(Math.max(0, Math.min(QUIET_MS, firstUnsaved + LONGEST_MS - now)));
    },
    flush: run,
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
