// Recipients as they are typed or pasted: « Nom <adresse> ; autre@exemple.example ».
import type { Address } from '$lib/api/generated';

export interface Parsed {
  found: Address[];
  /** What is no address, as it was written. */
  left: string[];
}

const MAIL = /^[^\s<>()[\],;:\\"@]+@[^\s<>()[\],;:\\"@.]+(?:\.[^\s<>()[\],;:\\"@.]+)+$/;

/** Whether a text is one address that may stand in a header. */
export function isMail(text: string): boolean {
  return MAIL.test(text) && text.length <= 254;
}

/** Takes a list apart; separators are ; , and line ends outside quotation marks and angle brackets. */
export function parseRecipients(text: string): Parsed {
  const found: Address[] = [];
  const left: string[] = [];
  for (const piece of split(text)) {
    const address = parseOne(piece);
    if (address) found.push(address);
    else left.push(piece);
  }
  return { found: distinct(found), left };
}

function parseOne(piece: string): Address | null {
  const bracketed = /^(.*)<([^<>]*)>$/s.exec(piece);
  const mail = (bracketed ? (bracketed[2] ?? '') : piece).trim().replace(/^mailto:/i, '');
  if (!isMail(mail)) return null;
  const name = (bracketed?.[1] ?? '').trim().replace(/^"(.*)"$/s, '$1').replaceAll('\\"', '"').replace(/\s+/g, ' ').trim();
  return { name: name === mail ? '' : name, mail };
}

function split(text: string): string[] {
  const pieces: string[] = [];
  let piece = '';
  let quoted = false;
  let bracketed = false;
  for (const letter of text) {
    if (letter === '"') quoted = !quoted;
    else if (!quoted && letter === '<') bracketed = true;
    else if (!quoted && letter === '>') bracketed = false;
    const ends = letter === '\n' || (!quoted && !bracketed && (letter === ';' || letter === ','));
    if (ends) {
      pieces.push(piece);
      piece = '';
      [quoted, bracketed] = [false, false];
    } else piece += letter;
  }
  pieces.push(piece);
  return pieces.map((each) => each.trim()).filter((each) => each !== '');
}

/** Each address once, whatever its capitals; a name that is there is kept. */
export function distinct(addresses: readonly Address[]): Address[] {
  const out = new Map<string, Address>();
  for (const address of addresses) {
    const key = address.mail.toLowerCase();
    const known = out.get(key);
    if (!known) out.set(key, address);
    else if (known.name === '' && address.name !== '') out.set(key, { ...known, name: address.name });
  }
  return [...out.values()];
}

/** How somebody is called where there is room for one name. A name that looks like an address is no name: it deceives. */
export function called(address: Address): string {
  return address.name === '' || address.name.includes('@') ? address.mail : address.name;
}
