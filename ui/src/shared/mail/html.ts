// The HTML of a mail, shown without being HTML of the window: its structure is read out of an inert document and drawn anew
// from a short list of elements. Nothing of it keeps an attribute, so nothing loads, runs, is styled or can be clicked.

/** An element that may be drawn, by its name in the page. */
export type Drawn = 'p' | 'h3' | 'h4' | 'ul' | 'ol' | 'li' | 'blockquote' | 'pre' | 'table' | 'tr' | 'td' | 'th' | 'strong' | 'em' | 'u' | 'code' | 'br' | 'hr' | 'div' | 'span';

export interface Piece {
  of: Drawn | 'text';
  text: string;
  inside: Piece[];
}

/** As much of a DOM node as is read; a test makes its own. */
export interface NodeLike {
  nodeType: number;
  nodeName: string;
  nodeValue: string | null;
  childNodes: ArrayLike<NodeLike>;
  getAttribute?(name: string): string | null;
}

const DRAWN: Record<string, Drawn> = {
  P: 'p', DIV: 'div', SECTION: 'div', ARTICLE: 'div', CENTER: 'div', HEADER: 'div', FOOTER: 'div', H1: 'h3', H2: 'h3', H3: 'h4', H4: 'h4', H5: 'h4', H6: 'h4',
  UL: 'ul', OL: 'ol', LI: 'li', BLOCKQUOTE: 'blockquote', PRE: 'pre', TABLE: 'table', TR: 'tr', TD: 'td', TH: 'th', B: 'strong', STRONG: 'strong',
  I: 'em', EM: 'em', U: 'u', CODE: 'code', TT: 'code', BR: 'br', HR: 'hr',
};
/** Dropped with all they hold. */
const DROPPED = ['SCRIPT', 'STYLE', 'HEAD', 'TEMPLATE', 'IFRAME', 'OBJECT', 'EMBED', 'SVG', 'MATH', 'FORM', 'INPUT', 'BUTTON', 'SELECT', 'TEXTAREA', 'VIDEO', 'AUDIO', 'CANVAS', 'NOSCRIPT', 'LINK', 'META', 'TITLE'];
/** Depth and size beyond which a hostile mail is cut. */
const DEEPEST = 60;
const MOST = 20_000;
const ELEMENT = 1;
const TEXT = 3;

/** What may be drawn of a document's body. */
export function piecesOf(body: NodeLike): Piece[] {
  return inside(body, 0, { left: MOST });
}

function inside(node: NodeLike, depth: number, budget: { left: number }): Piece[] {
  if (depth > DEEPEST) return [];
  const out: Piece[] = [];
  for (let place = 0; place < node.childNodes.length && budget.left > 0; place += 1) {
    const child = node.childNodes[place];
    if (child) out.push(...drawn(child, depth, budget));
  }
  return out;
}

function drawn(node: NodeLike, depth: number, budget: { left: number }): Piece[] {
  budget.left -= 1;
  if (node.nodeType === TEXT) return node.nodeValue ? [text(node.nodeValue)] : [];
  if (node.nodeType !== ELEMENT) return [];
  const name = node.nodeName.toUpperCase();
  if (DROPPED.includes(name)) return [];
  if (name === 'IMG') {
    const alt = node.getAttribute?.('alt')?.trim();
    return alt ? [text(`[${alt}]`)] : [];
  }
  const held = inside(node, depth + 1, budget);
  if (name === 'A') return linked(held, node.getAttribute?.('href') ?? '');
  const of = DRAWN[name];
  // An unknown element gives what it holds: nothing of the text is lost.
  if (of === undefined) return held;
  return [{ of, text: '', inside: of === 'br' || of === 'hr' ? [] : held }];
}

/** A link is a text with its true target beside it: a mail cannot show one address and lead to another. */
function linked(held: Piece[], target: string): Piece[] {
  const shown = said(held).trim();
  const where = target.trim();
  if (where === '' || where.startsWith('#') || same(shown, where)) return held;
  return [...held, text(` [${where}] `)];
}

function same(shown: string, where: string): boolean {
  const bare = (address: string) => address.toLowerCase().replace(/^mailto:/, '').replace(/\/$/, '');
  return bare(shown) === bare(where);
}

function text(value: string): Piece {
  return { of: 'text', text: value, inside: [] };
}

/** The text of pieces, without their form. */
export function said(pieces: readonly Piece[]): string {
  return pieces.map((piece) => piece.text + said(piece.inside)).join('');
}
