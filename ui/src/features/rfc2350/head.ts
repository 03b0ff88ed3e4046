// What the form can say of the head before the host is asked.

/** Whether it is an address that a reader can follow. */
export function isAddress(text: string): boolean {
  return /^https?:\/\/[^\s/]+\.[^\s]+$/.test(text.trim());
}

/** Whether it is a version: numbers parted by points. */
export function isVersion(text: string): boolean {
  return /^\d+(?:\.\d+)*$/.test(text.trim());
}
