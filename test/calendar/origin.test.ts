/** every PRODID seen in the wild maps to its client. */
import { describe, expect, test } from '@jest/globals';
import { originOf } from '../../src/calendar/origin.ts';

const SEEN: readonly (readonly [prodId: string, origin: string])[] = [
  ['-//Google Inc//Google Calendar 70.9054//EN', 'Google'],
  ['Microsoft Exchange Server 2010', 'Microsoft 365'],
  ['Microsoft CDO for Microsoft Exchange', 'Microsoft Exchange 2003'],
  ['-//Microsoft Corporation//Outlook for Mac MIMEDIR//EN', 'Microsoft Outlook for Mac'],
  ['-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN', 'Microsoft Outlook'],
  ['-//Microsoft Corporation//Windows Live Calendar//EN', 'Microsoft Windows Calendar'],
  ['-//caldav.icloud.com//CALDAVJ 2112B541//EN', 'Apple iCloud'],
  ['-//Apple Inc.//iPhone 3.0//EN', 'Apple iOS'],
  ['-//Apple Inc.//iOS 8.2//EN', 'Apple iOS'],
  ['-//Apple Inc.//iCal 5.0.3//EN', 'Apple macOS'],
  ['-//Apple Inc.//macOS 15.5//EN', 'Apple macOS'],
  ['-//Apple Computer, Inc//iCal 2.0//EN', 'Apple macOS'],
  ['-//CALENDARSERVER.ORG//NONSGML Version 1//EN', 'Apple Calendar Server'],
  ['//Yahoo//Calendar//EN', 'Yahoo'],
  ['-//Mozilla.org/NONSGML Mozilla Calendar V1.1//EN', 'Thunderbird'],
  ['-//Fastmail/2020.5/EN', 'Fastmail'],
  ['-//CyrusIMAP.org/Cyrus 3.1.3-606//EN', 'Cyrus'],
  ['-//Proton AG//WebCalendar 4.5.0//EN', 'Proton'],
  ['-//Tutao GmbH//Tutanota 3.115.0//EN', 'Tuta'],
  ['-//Zoho Corporation//Zoho Calendar-US//EN', 'Zoho'],
  ['Zimbra-Calendar-Provider', 'Zimbra'],
  ['-//1&1 Mail & Media GmbH/GMX Kalender Server 3.10.0//NONSGML//DE', 'GMX / WEB.DE'],
  ['-//Yandex LLC//Yandex Calendar//EN', 'Yandex'],
  ['-//Lotus Development Corporation//NONSGML Notes 9.0.1//EN_S', 'HCL Notes'],
  ['-//Novell Inc//Groupwise 7.0.2', 'GroupWise'],
  ['-//Open-Xchange//7.10.6-Rev0//EN', 'Open-Xchange'],
  ['-//Inverse inc./SOGo 5.12.3//EN', 'SOGo'],
  ['-//IDN nextcloud.com//Calendar app 5.3.2//EN', 'Nextcloud'],
  ['ownCloud Calendar 0.6.3', 'ownCloud'],
  ['-//Roundcube 1.6.6//Sabre VObject 4.5.4//EN', 'Roundcube'],
  ['-//Sabre//Sabre VObject 4.1.3//EN', 'Sabre'],
  ['-//Stalwart Labs LLC//Stalwart Server//EN', 'Stalwart'],
  ['-//BlueMind//BlueMind Calendar//FR', 'BlueMind'],
  ['-//Ximian//NONSGML Evolution Calendar//EN', 'GNOME'],
  ['-//GNOME//NONSGML GnomeCalendar//EN', 'GNOME'],
  ['-//K Desktop Environment//NONSGML KOrganizer 6.5.0 (25.08.0)//EN', 'KDE'],
  ['-//eM Client/5.0.18661.0', 'eM Client'],
  ['AndroidEmail', 'Android'],
  ['-//Samsung Electronics//Calendar//EN', 'Samsung'],
  ['-//davmail.sf.net/NONSGML DavMail Calendar V1.1//EN', 'DavMail'],
  ['-//The Horde Project//Horde iCalendar Library//EN', 'Horde'],
  ['-//Flexibits Inc./Fantastical for Mac 3.7.8//EN', 'Third-party Apple client'],
  ['-//ORACLE//NONSGML CSDK 9.0.5//EN', 'Oracle Calendar'],
  ['-//Nobody//Knows this one//EN', 'Other'],
];

describe('[R-93] the origin of a reply', () => {
  test.each(SEEN)('%s is %s', (prodId, origin) => {
    expect(originOf(prodId)).toBe(origin);
    expect(originOf(`  ${prodId.toUpperCase()} `)).toBe(origin);
  });

  test('our own PRODID is an echo: the mail around it tells', () => {
    const ours = '-//SIS//Simple Invite Service 1.0//EN';
    expect(originOf(ours, { sender: 'calendar-notification@google.com' })).toBe('Google');
    expect(originOf(ours, { messageId: '<AM0PR01.eurprd01.PROD.OUTLOOK.COM>' })).toBe('Microsoft 365');
    expect(originOf(null, { userAgent: 'Microsoft-MacOutlook/16.70' })).toBe('Microsoft Outlook for Mac');
    expect(originOf(null, { mailer: 'iPhone Mail (20A362)' })).toBe('Apple iOS');
    expect(originOf('Unknown', { mailer: 'Apple Mail (2.3654)' })).toBe('Apple macOS');
    expect(originOf(null, { returnPath: '<3x@calendar-server.bounces.google.com>' })).toBe('Google');
    expect(originOf(null, { returnPath: 'do-not-reply@yahoo.com' })).toBe('Yahoo');
    expect(originOf(null, { dkimDomain: 'icloud.com' })).toBe('Apple iCloud');
    expect(originOf(null, { userAgent: 'Mozilla Thunderbird' })).toBe('Thunderbird');
    expect(originOf(null, { dkimDomain: 'noticloud.com' })).toBe('Other');
    expect(originOf(null)).toBe('Other');
  });

  test('a PRODID of a million characters is answered at once', () => {
    expect(originOf(`apple computer${' '.repeat(1_000_000)}x`)).toBe('Other');
  });
});
