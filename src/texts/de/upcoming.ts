/** German texts: the upcoming page, its digest, and following. */
import type { Translation } from '../shape.ts';

export const upcoming = (): Translation['upcoming'] => ({
  title: name => `Kommende Termine von ${name}`,
  heading: 'Kommende Termine',
  search: 'Suche',
  searchHint: 'Nach Titel oder Ort.',
  find: 'Suchen',
  months: 'Monate',
  all: 'Alle',
  open: title => `Details: ${title}`,
  details: 'Details',
  email: 'E-Mail-Adresse',
  emailHint: 'Die Adresse, die Ihr Kalender verwendet.',
  follow: name => `Auch künftige Einladungen von ${name} bekommen`,
  followHint:
    'Wir schreiben Ihnen einmal und fragen, ob die Adresse Ihnen gehört. Jede Einladung enthält einen Link zum Abbestellen.',
  send: 'Einladungen anfordern',
  sendFollow: 'Diesen Terminen folgen',
  promise:
    'Ihre Adresse wird nur für diese Termine verwendet, und jede E-Mail enthält einen Link zum Abbestellen.',
  feed: 'Kalender abonnieren',
  feedHint: 'Zeigt alle kommenden Termine, ohne Antworten und ohne Änderungen per E-Mail.',
  none: 'Zurzeit ist nichts geplant.',
  noneFound: 'Kein kommender Termin passt dazu.',
  more: 'Es gibt noch mehr: Suchen Sie, oder wählen Sie einen Monat.',
  problems: {
    nothing: 'Bitte wählen Sie mindestens einen Termin aus.',
    tooMany: most =>
      `Bitte wählen Sie höchstens ${most === 1 ? 'einen Termin' : `${most} Termine`} auf einmal aus.`,
    gone: 'Einer der gewählten Termine gehört nicht mehr zu den kommenden. Die Liste ist jetzt auf dem neuesten Stand.',
  },
  asked: {
    steps: from => [
      `Für jeden Termin kommt eine E-Mail von ${from}, meist innerhalb einer Minute. Beim ersten Mal, oder wenn Sie künftige Termine dazugewählt haben, fragt vorher eine E-Mail, ob die Adresse Ihnen gehört.`,
      'Öffnen Sie jede Einladung und wählen Sie „Ja“, „Vielleicht“ oder „Nein“. Der Organisator sieht Ihre Antwort.',
      'Die Termine stehen dann in Ihrem Kalender und folgen jeder Änderung von selbst.',
    ],
    back: 'Zurück zu den Terminen',
  },
  digest: {
    subject: name => `Bitte bestätigen: Termine von ${name}`,
    title: 'Ist das Ihre Adresse?',
    lead: name => `Jemand, vermutlich Sie, hat Kalendereinladungen von ${name} angefordert.`,
    follow:
      'Auch für künftige Termine: Jeder neue kommt als Einladung, und jede Einladung enthält einen Link zum Abbestellen.',
    button: 'Ansehen und bestätigen',
    not: 'Waren Sie das nicht? Dann tun Sie einfach nichts: Es wird keine Einladung gesendet.',
    days: days => `Der Link gilt ${days === 1 ? 'einen Tag' : `${days} Tage`}.`,
    for: address => `Für ${address}.`,
    press: 'Ja, Einladungen senden',
    pressFollow: 'Ja, das ist meine Adresse',
    notMe: 'Das war ich nicht',
    doneTitle: 'Vielen Dank',
    done: 'Ihre Einladungen sind unterwegs. Sie sollten innerhalb einer Minute in Ihrem Postfach sein.',
    followed: name => `Sie folgen jetzt ${name}. Jeder neue Termin kommt als Einladung.`,
    notMeDone: 'Vielen Dank. Sie bekommen keine E-Mails mehr von diesem Organisator.',
  },
});
