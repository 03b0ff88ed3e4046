/** The bytes of a file in base64, as the host takes them. */
export async function base64(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  // In steps: one call with a million arguments overflows the stack.
  const STEP = 0x6000;
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += STEP) parts.push(btoa(String.fromCharCode(...bytes.subarray(at, at + STEP))));
  return parts.join('');
}
