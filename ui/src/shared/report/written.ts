// How people dictate numbers, and how they are shown again.

const THIN = '\u202f';
const NBSP = '\u00a0';

function groups(digits: string, sizes: number[], space: string): string {
  const parts: string[] = [];
  let at = 0;
  for (const size of sizes) {
    if (at >= digits.length) break;
    parts.push(digits.slice(at, at + size));
    at += size;
  }
  if (at < digits.length) parts.push(digits.slice(at));
  return parts.join(space);
}

/** « 02 61 91 27 63 », « +33 2 61 91 27 63 »; what is no French number stays as it was written. */
export function phone(written: string): string {
  const compact = written.replace(/[\s.\-\u2011()]/g, '');
  if (/^0\d{9}$/.test(compact)) return groups(compact, [2, 2, 2, 2, 2], NBSP);
  const abroad = /^(?:\+|00)33(\d{9})$/.exec(compact);
  if (abroad?.[1]) return `+33${NBSP}${groups(abroad[1], [1, 2, 2, 2, 2], NBSP)}`;
  return written.trim();
}

/** « 123 456 789 » or « 123 456 789 00012 » as far as it is typed; what holds no digits stays. */
export function companyNumber(written: string): string {
  const compact = written.replace(/[\s.\-\u2011]/g, '');
  return /^\d{4,14}$/.test(compact) ? groups(compact, [3, 3, 3, 5], THIN) : written.trim();
}

/** A whole number as dictated, « 1 200 »; null when empty, undefined when it is none. */
export function count(written: string): number | null | undefined {
  const compact = written.replace(/[\s.\u202f]/g, '');
  if (compact === '') return null;
  if (!/^\d{1,9}$/.test(compact)) return undefined;
  return Number(compact);
}

const FACTORS: Record<string, number> = { '': 1, k: 1e3, m: 1e6, md: 1e9 };

/** A sum in euros as dictated: « 48 200 € », « 2,5 M », « 1,2 Md€ », « 300 k »; null when empty, undefined when none. */
export function euroSum(written: string): number | null | undefined {
  const compact = written.replace(/[\s\u202f€]/g, '').toLowerCase();
  if (compact === '') return null;
  const match = /^(\d{1,13}(?:[.,]\d{1,6})?)(k|m|md)?$/.exec(compact);
  if (!match) return undefined;
  const sum = Number((match[1] ?? '').replace(',', '.')) * (FACTORS[match[2] ?? ''] ?? 1);
  return Number.isSafeInteger(Math.round(sum)) ? Math.round(sum) : undefined;
}
