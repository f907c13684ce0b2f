/** A moment's wait, for the few places that may: a page that looks again for an answer that is on its way. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}
