// The commands with which somebody else verifies a document of the team.

/** The public key, as a recipient may have named it. */
export const KEY_FILE = 'cle-equipe.asc';
const DOCUMENT = 'document.pdf';
/** Names that every shell takes as they are, in double quotes if they hold a space. */
const PLAIN = /^[\p{L}\p{N}_.][\p{L}\p{N} _.()-]*$/u;

/** `gpg --verify` for a document and the signature beside it; a name that a shell would read otherwise is replaced. */
export function verifying(file: string | null): string {
  const name = file !== null && PLAIN.test(file) ? file : DOCUMENT;
  return `gpg --verify ${quoted(`${name}.asc`)} ${quoted(name)}`;
}

function quoted(name: string): string {
  return /[ ()]/.test(name) ? `"${name}"` : name;
}
