/**
 * Which client wrote a calendar object, from its PRODID (RFC 5545 3.7.3) as real clients write it; the first row that fits wins.
 * Where the PRODID says nothing (missing, ours, or echoed), the mail around it may.
 */

import { PROD_ID } from './write-sheet.ts';

export interface OriginSignals {
  /** Address of the Sender header. */
  readonly sender?: string | null;
  readonly messageId?: string | null;
  readonly userAgent?: string | null;
  /** X-Mailer. */
  readonly mailer?: string | null;
  readonly returnPath?: string | null;
  /** d= of a verified DKIM signature. */
  readonly dkimDomain?: string | null;
}

export const OTHER_ORIGIN = 'Other';

const ROWS: readonly (readonly [pattern: RegExp, origin: string])[] = [
  [/google inc\/\/google calendar/, 'Google'],
  [/^microsoft exchange server/, 'Microsoft 365'],
  [/microsoft cdo for microsoft exchange/, 'Microsoft Exchange 2003'],
  [/outlook for mac/, 'Microsoft Outlook for Mac'],
  [/microsoft corporation\/\/outlook/, 'Microsoft Outlook'],
  [/microsoft corporation\/\/windows (?:live )?calendar/, 'Microsoft Windows Calendar'],
  [/caldav\.icloud\.com/, 'Apple iCloud'],
  [/apple inc\.\/\/(?:iphone|ios|ipad)/, 'Apple iOS'],
  [/apple (?:inc\.|computer).{0,40}(?:ical|mac os x|macos|apple webdav)/, 'Apple macOS'],
  [/calendarserver\.org/, 'Apple Calendar Server'],
  [/yahoo\/\/calendar|yahoo.{0,40}calendar/, 'Yahoo'],
  [/mozilla\.org\/nonsgml mozilla calendar/, 'Thunderbird'],
  [/fastmail/, 'Fastmail'],
  [/cyrusimap\.org/, 'Cyrus'],
  [/proton (?:ag|technologies)/, 'Proton'],
  [/tutao gmbh/, 'Tuta'],
  [/zoho/, 'Zoho'],
  [/zimbra-calendar-provider/, 'Zimbra'],
  [/1&1 mail & media/, 'GMX / WEB.DE'],
  [/yandex llc/, 'Yandex'],
  [/lotus development corporation/, 'HCL Notes'],
  [/novell.{0,40}groupwise/, 'GroupWise'],
  [/open-xchange/, 'Open-Xchange'],
  [/inverse inc\.\/sogo|sogo connector/, 'SOGo'],
  [/nextcloud/, 'Nextcloud'],
  [/owncloud/, 'ownCloud'],
  [/roundcube/, 'Roundcube'],
  [/sabre/, 'Sabre'],
  [/stalwart labs/, 'Stalwart'],
  [/bluemind|blue mind/, 'BlueMind'],
  [/ximian.{0,40}evolution|gnome.{0,40}gnomecalendar/, 'GNOME'],
  [/korganizer|libkcal/, 'KDE'],
  [/em ?client/, 'eM Client'],
  [/^androidemail/, 'Android'],
  [/samsung/, 'Samsung'],
  [/davmail/, 'DavMail'],
  [/horde/, 'Horde'],
  [/flexibits|fantastical|busymac|busycal/, 'Third-party Apple client'],
  [/oracle/, 'Oracle Calendar'],
];

const PRODID_CHARS = 500;
const SIGNAL_CHARS = 300;

export function originOf(prodId: string | null, signals: OriginSignals = {}): string {
  const told = (prodId ?? '').trim().slice(0, PRODID_CHARS).toLowerCase();
  // Our own is an echo of the invitation: it tells who asked, not who answers.
  const silent = told === '' || told === 'unknown' || told === PROD_ID.toLowerCase();
  const row = silent ? undefined : ROWS.find(([pattern]) => pattern.test(told));
  return row?.[1] ?? originOfMail(signals) ?? OTHER_ORIGIN;
}

type Signal = keyof OriginSignals;

const SIGNALS: readonly (readonly [signal: Signal, pattern: RegExp, origin: string])[] = [
  ['sender', /^calendar-notification@google\.com$/, 'Google'],
  ['messageId', /\.prod\.(?:outlook|exchangelabs)\.com>?$/, 'Microsoft 365'],
  ['userAgent', /microsoft-macoutlook/, 'Microsoft Outlook for Mac'],
  ['userAgent', /thunderbird/, 'Thunderbird'],
  ['userAgent', /roundcube/, 'Roundcube'],
  ['mailer', /iphone mail|ipad mail/, 'Apple iOS'],
  ['mailer', /apple mail/, 'Apple macOS'],
  ['mailer', /microsoft outlook/, 'Microsoft Outlook'],
  ['mailer', /zimbra/, 'Zimbra'],
  ['messageId', /@(?:[a-z0-9-]{1,60}\.)?(?:icloud|me)\.com>?$/, 'Apple iCloud'],
  ['messageId', /calendar-[0-9a-f-]{8,60}@google\.com>?$/, 'Google'],
  ['messageId', /@mail\.yahoo\.com>?$/, 'Yahoo'],
  ['returnPath', /@yahoo\.[a-z.]{2,10}>?$/, 'Yahoo'],
  ['returnPath', /@calendar-server\.bounces\.google\.com>?$/, 'Google'],
  ['dkimDomain', /^(?:[a-z0-9-]{1,60}\.)?icloud\.com$/, 'Apple iCloud'],
  ['dkimDomain', /^yahoo\.[a-z.]{2,10}$/, 'Yahoo'],
];

function originOfMail(signals: OriginSignals): string | undefined {
  const told = (signal: Signal) => (signals[signal] ?? '').trim().toLowerCase().slice(-SIGNAL_CHARS);
  return SIGNALS.find(([signal, pattern]) => pattern.test(told(signal)))?.[2];
}
