/**
 * Which calendar program answered: by the reply's PRODID (imip 8), and where that is missing, our own or says nothing, by what its
 * mail tells. A name for people, never a decision.
 */
import { PROD_ID } from './write-sheet.ts';

export interface Signals {
  /** The address in Sender or, without one, From. */
  readonly sender?: string | null;
  readonly messageId?: string | null;
  readonly userAgent?: string | null;
  /** X-Mailer. */
  readonly mailer?: string | null;
  readonly returnPath?: string | null;
  /** d= of a verified DKIM signature. */
  readonly dkimDomain?: string | null;
}

/** The first that hits; narrower before wider. */
const ORIGINS: readonly (readonly [pattern: RegExp, origin: string])[] = [
  [/google inc\/\/google calendar/, 'Google'],
  [/^microsoft exchange server/, 'Microsoft 365 / Exchange'],
  [/microsoft cdo for microsoft exchange/, 'Exchange 2003'],
  [/outlook for mac/, 'Outlook for Mac'],
  [/microsoft corporation\/\/outlook/, 'Outlook'],
  [/microsoft corporation\/\/windows (?:live )?calendar/, 'Windows Calendar'],
  [/caldav\.icloud\.com/, 'Apple iCloud'],
  [/apple inc\.\/\/(?:iphone|ios|ipad)/, 'Apple iOS'],
  [/apple (?:inc\.|computer).*(?:ical|mac os x|macos|apple webdav)/, 'Apple macOS'],
  [/calendarserver\.org/, 'Apple Calendar Server'],
  [/yahoo\/\/calendar|yahoo.*calendar/, 'Yahoo'],
  [/mozilla\.org\/nonsgml mozilla calendar/, 'Thunderbird'],
  [/fastmail/, 'Fastmail'],
  [/cyrusimap\.org/, 'Fastmail / Cyrus'],
  [/proton (?:ag|technologies)/, 'Proton'],
  [/tutao gmbh/, 'Tuta'],
  [/zoho/, 'Zoho'],
  [/zimbra-calendar-provider/, 'Zimbra'],
  [/1&1 mail & media/, 'GMX / WEB.DE'],
  [/yandex llc/, 'Yandex'],
  [/lotus development corporation/, 'HCL Notes'],
  [/novell.*groupwise/, 'GroupWise'],
  [/open-xchange/, 'Open-Xchange'],
  [/inverse inc\.\/sogo|sogo connector/, 'SOGo'],
  [/nextcloud/, 'Nextcloud'],
  [/owncloud/, 'ownCloud'],
  [/roundcube/, 'Roundcube'],
  [/sabre/, 'Sabre-based server'],
  [/stalwart labs/, 'Stalwart'],
  [/bluemind|blue mind/, 'BlueMind'],
  [/ximian.*evolution|gnome.*gnomecalendar/, 'GNOME'],
  [/korganizer|libkcal/, 'KDE'],
  [/em ?client/, 'eM Client'],
  [/^androidemail/, 'Android'],
  [/samsung/, 'Samsung'],
  [/davmail/, 'DavMail'],
  [/horde/, 'Horde'],
  [/flexibits|fantastical/, 'Fantastical'],
  [/busymac|busycal/, 'BusyCal'],
  [/oracle/, 'Oracle Calendar'],
];

export const OTHER = 'Other';

export function originOf(prodId: string | null, signals: Signals = {}): string {
  const text = (prodId ?? '').trim().toLowerCase().slice(0, 500);
  // A program may send back the PRODID of our invitation: that tells who asked, not who answers.
  const own = text === PROD_ID.toLowerCase();
  const known = own ? undefined : ORIGINS.find(([pattern]) => pattern.test(text));
  return known?.[1] ?? originByMail(signals) ?? OTHER;
}

function originByMail(signals: Signals): string | null {
  const of = (text: string | null | undefined) => (text ?? '').toLowerCase().slice(0, 500);
  const agent = `${of(signals.userAgent)} ${of(signals.mailer)}`;
  const messageId = of(signals.messageId);
  const tests: readonly (readonly [boolean, string])[] = [
    [of(signals.sender) === 'calendar-notification@google.com', 'Google'],
    [/microsoft-macoutlook/.test(agent), 'Outlook for Mac'],
    [/iphone mail|ipad mail/.test(agent), 'Apple iOS'],
    [/apple mail/.test(agent), 'Apple macOS'],
    [/thunderbird/.test(agent), 'Thunderbird'],
    [/roundcube/.test(agent), 'Roundcube'],
    [/microsoft outlook/.test(agent), 'Outlook'],
    [/\.prod\.outlook\.com>?$|\.prod\.exchangelabs\.com>?$/.test(messageId), 'Microsoft 365 / Exchange'],
    [/@(?:[a-z0-9-]+\.)*(?:icloud|me)\.com>?$/.test(messageId), 'Apple iCloud'],
    [/calendar-[0-9a-f-]+@google\.com>?$/.test(messageId), 'Google'],
    [/@yahoo\.[a-z.]+>?$/.test(of(signals.returnPath)) || /@mail\.yahoo\.com>?$/.test(messageId), 'Yahoo'],
    [/^(?:.+\.)?icloud\.com$/.test(of(signals.dkimDomain)), 'Apple iCloud'],
    [/^(?:.+\.)?yahoo\.[a-z.]+$/.test(of(signals.dkimDomain)), 'Yahoo'],
  ];
  return tests.find(([hit]) => hit)?.[1] ?? null;
}
