// Putting a text into another where the cursor is.

/** A text with a piece in the place of what is selected; and where the cursor goes. */
export function putIn(text: string, start: number, end: number, piece: string): { text: string; cursor: number } {
  return { text: text.slice(0, start) + piece + text.slice(end), cursor: start + piece.length };
}
