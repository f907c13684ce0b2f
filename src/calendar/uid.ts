/** UIDs are compared octet by octet, except for Outlook's global ids: programs write their hex digits in either case. */
const OUTLOOK = /^040000008200E00074C5B7101A82E008[0-9A-F]{50,480}$/i;

/** What two spellings of one UID have in common: the key of a registry. */
export function uidKey(uid: string): string {
  return OUTLOOK.test(uid) && uid.length % 2 === 0 ? uid.toUpperCase() : uid;
}
