/** German texts: campaign buttons and the brand they wear. */
import type { Translation } from '../shape.ts';

export const buttons = (): Translation['buttons'] => ({
  answers: { yes: 'Ja', maybe: 'Vielleicht', no: 'Nein', ask: 'Zu- oder Absagen' },
  names: {
    yes: title => `Ja, ich komme: ${title}`,
    maybe: title => `Vielleicht komme ich: ${title}`,
    no: title => `Nein, ich komme nicht: ${title}`,
    ask: title => `Zu- oder Absagen: ${title}`,
  },
  upcoming: 'Kommende Termine',
  savedName: title => `Zu- oder Absagen: ${title}`,
  savedUpcoming: 'Zu- oder Absagen: kommende Termine',
  contrast: (color, text, better) =>
    `${text} auf ${color} ist schlecht lesbar. Wählen Sie Farben mit mehr Kontrast, zum Beispiel ${better} als Schriftfarbe oder ein dunkleres oder helleres ${color}.`,
  notConnected: platform =>
    `Es ist kein Konto bei ${platform} verbunden. Verbinden Sie zuerst eines, oder erstellen Sie einen Button für ein anderes E-Mail-Tool.`,
  otherPlatform: platform => `Diese Verbindung gehört nicht zu ${platform}.`,
  audienceNeeded: (platform, names) =>
    `Ein Button für ${platform} gilt für genau eine Zielgruppe. Nennen Sie eine von diesen: ${names}.`,
  noAudience: platform =>
    `Das Konto bei ${platform} hat noch keine Zielgruppe. Legen Sie dort zuerst eine an.`,
  unknownAudience: names => `Diese Zielgruppe gibt es in dem Konto nicht. Vorhanden sind: ${names}.`,
  notSaved: 'Nur ein Button für ein verbundenes Konto kann dort gespeichert werden.',
  draft:
    'Dieser Termin wartet noch auf die Bestätigung des Organisators. Bestätigen Sie ihn, und erstellen Sie dann den Button.',
  cancelled: 'Dieser Termin ist abgesagt und hat deshalb keinen Button.',
  ended: 'Dieser Termin ist vorbei und hat deshalb keinen Button.',
});
