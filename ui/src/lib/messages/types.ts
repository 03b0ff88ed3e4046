import type { fr } from './fr';

/** The shape of the French source, whose literal sentences are widened to any sentence. */
type Worded<T> = T extends string
  ? string
  : T extends (...args: infer A) => string
    ? (...args: A) => string
    : T extends readonly string[]
      ? readonly string[]
      : { [K in keyof T]: Worded<T[K]> };

export type Messages = Worded<typeof fr>;
