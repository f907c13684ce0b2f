/**
 * Which client wrote a calendar object, from its PRODID (RFC 5545 3.7.3) as real clients write it; the first row that fits wins.
 * Where the PRODID says nothing (missing, ours, or echoed), the mail around it may.
 */

export interface OriginSignals {
  /** Address of the Sender header. */
  readonly sender?: string | null;
  readonly messageId?: string | null;
  readonly userAgent?: string | null;
  /** X-Mailer. */
  readonly mailer?: string | null;
}

export const OTHER_ORIGIN = 'Other';

/** What our own writer signs with: in a reply it is an echo. */
export const OUR_PRODID = '-//SIS//Simple Invite Service 1.0//EN';

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

export function originOf(prodId: string | null, signals: OriginSignals = {}): string {
  const told = (prodId ?? '').trim().slice(0, PRODID_CHARS).toLowerCase();
  const silent = told === '' || told === 'unknown' || told === OUR_PRODID.toLowerCase();
  const row = silent ? undefined : ROWS.find(([pattern]) => pattern.test(told));
  return row?.[1] ?? originOfMail(signals) ?? OTHER_ORIGIN;
}

function originOfMail({ sender, messageId, userAgent, mailer }: OriginSignals): string | undefined {
  if (sender?.toLowerCase() === 'calendar-notification@google.com') return 'Google';
  if (/\.prod\.outlook\.com>?$/i.test(messageId ?? '')) return 'Microsoft 365';
  if (/microsoft-macoutlook/i.test(userAgent ?? '')) return 'Microsoft Outlook for Mac';
  if (/thunderbird/i.test(userAgent ?? '')) return 'Thunderbird';
  if (/iphone mail|ipad mail/i.test(mailer ?? '')) return 'Apple iOS';
  if (/apple mail/i.test(mailer ?? '')) return 'Apple macOS';
  return undefined;
}
