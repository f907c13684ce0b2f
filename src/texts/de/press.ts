/** German texts: the page behind a campaign's button. */
import type { Translation } from '../shape.ts';

export const press = (): Translation['press'] => ({
  title: event => `Ihre Antwort: ${event}`,
  question: 'Sind Sie dabei?',
  lead: {
    yes: 'Ein Klick auf den Button genügt: Die Einladung kommt als echter Kalendereintrag in Ihr Postfach.',
    maybe:
      'Ein Klick auf den Button genügt: Die Einladung kommt in Ihr Postfach, vorgemerkt als „Vielleicht“.',
    no: 'Ein Klick auf den Button genügt: Der Organisator erfährt davon. Sie bekommen dazu keine E-Mail.',
    ask: 'Wählen Sie Ihre Antwort. Bei „Ja“ oder „Vielleicht“ kommt die Einladung als echter Kalendereintrag in Ihr Postfach.',
  },
  buttons: { yes: 'Ja, ich bin dabei', maybe: 'Vielleicht', no: 'Nein, ich kann nicht' },
  others: 'Oder anders antworten',
  answers: { yes: 'Ja', maybe: 'Vielleicht', no: 'Nein' },
  for: address => `Sie antworten für ${address}.`,
  forSent: 'Sie antworten für die Adresse, an die diese E-Mail ging.',
  notYou: 'Sind Sie das nicht?',
  yourTime: 'Ihre Uhrzeit',
  decoy: 'Mehr zu dieser Seite',
  decoyTitle: 'Hier gibt es nichts weiter',
  decoyBody: 'Diesen Link gibt es für Programme, die jedem Link folgen. An Ihrer Antwort ändert er nichts.',
  back: 'Zurück zur Frage',
  toEvent: 'Zur Seite des Termins',
  honeypot: 'Bitte leer lassen',
  again: {
    title: 'Bitte noch ein Klick',
    body: 'Mailprogramme öffnen Links manchmal von selbst, deshalb fragen wir noch einmal nach. Dieser Klick zählt.',
  },
  conflict: {
    title: 'Innerhalb einer Minute kamen zwei verschiedene Antworten',
    body: 'Mailprogramme probieren manchmal jeden Link aus, deshalb haben wir keine der beiden übernommen. Wählen Sie die Antwort, die Sie meinen: Diese zählt.',
  },
  old: {
    title: 'Diese Seite war lange geöffnet',
    body: 'Es ist noch nichts geschehen. Bitte klicken Sie noch einmal.',
  },
  changed: {
    title: 'Der Termin wurde gerade geändert',
    body: 'Hier steht der neueste Stand. Bitte sehen Sie noch einmal hin und klicken Sie dann.',
  },
  elsewhere: {
    title: 'Noch ein Klick',
    body: 'Der Klick kam von einer anderen Website. Bitte klicken Sie hier selbst auf den Button.',
  },
  limited: wait =>
    `Aus Ihrem Netz kamen in kurzer Zeit viele Antworten. Bitte versuchen Sie es ${wait} noch einmal. Es geht nichts verloren: Der Button in der E-Mail funktioniert weiterhin.`,
  limitedTitle: 'Bitte warten Sie einen Moment',
  other: {
    title: 'Welche Adresse soll die Einladung bekommen?',
    body: 'Geben Sie Ihre eigene Adresse ein. Wir schreiben zuerst dorthin, um sicher zu sein, dass es Ihre ist; Ihre Antwort zählt, sobald Sie das bestätigen.',
    plain:
      'Geben Sie die Adresse ein, die Ihr Kalender verwendet. Wir schreiben zuerst dorthin, um sicher zu sein, dass es Ihre ist.',
    button: 'Einladung anfordern',
    promise:
      'Wer diese E-Mail ursprünglich bekommen hat, erfährt nichts davon, und dort ändert sich auch nichts.',
    absentTitle: 'Diese Adresse steht nicht mehr auf der Liste',
    absent:
      'Die E-Mail ging an eine Adresse, die nicht mehr auf der Liste des Organisators steht. Der Button kann deshalb nicht wissen, wer Sie sind. Mit Ihrer Adresse klappt es trotzdem.',
  },
  preview: {
    title: 'Das ist eine Vorschau',
    body: 'Der Button wurde aus einer Testmail, einer Vorschau oder einem Webarchiv geöffnet und weiß deshalb nicht, wer Sie sind. Es wurde nichts gespeichert.',
    next: 'In der E-Mail, die Ihre Empfänger bekommen, zeigt er den Termin und bittet um einen Klick.',
  },
  expired: {
    title: 'Dieser Button ist abgelaufen',
    body: event =>
      `Er gehört zu „${event}“ und war nur eine begrenzte Zeit gültig. Es wurde nichts gespeichert.`,
    next: 'Auf der Seite des Termins können Sie die Einladung weiterhin anfordern.',
    over: 'Neuere E-Mails des Organisators enthalten neuere Buttons.',
  },
  cancelled: {
    title: 'Dieser Termin ist abgesagt',
    body: event =>
      `Der Organisator hat „${event}“ abgesagt. Ihre Antwort wird nicht mehr gebraucht, und es wird nichts gesendet.`,
    next: 'Falls der Termin in Ihrem Kalender steht, wird er dort von selbst entfernt oder durchgestrichen.',
  },
  ended: {
    title: 'Dieser Termin ist vorbei',
    body: event => `„${event}“ hat bereits stattgefunden, deshalb wird dafür nichts mehr gesendet.`,
    next: 'Der nächste Termin kommt mit der nächsten E-Mail des Organisators.',
  },
  progress: {
    title: answer => `Ihre Antwort ist notiert: ${answer}`,
    contact:
      'Wir fragen das E-Mail-Tool nach Ihrer Adresse. Das dauert meist einige Sekunden; die Seite sieht von selbst wieder nach.',
    connection:
      'Das E-Mail-Tool antwortet uns gerade nicht. Ihre Antwort ist notiert, und die Einladung kommt, sobald es wieder antwortet. Sie können diese Seite schließen.',
    limited:
      'An Ihre Adresse gingen in kurzer Zeit viele Einladungen. Diese hier ist vorgemerkt und kommt im Laufe des Tages. Sie können diese Seite schließen.',
    look: 'Noch einmal nachsehen',
  },
  done: {
    title: answer => `Vielen Dank. Ihre Antwort: ${answer}`,
    sent: address => `Die Einladung ist unterwegs an ${address}. Sie sollte innerhalb einer Minute da sein.`,
    already: address =>
      `Die Einladung liegt bereits im Postfach von ${address}. Ihre Antwort ist dazu vermerkt.`,
    confirm: address =>
      `Wir haben an ${address} geschrieben, um sicher zu sein, dass es Ihre Adresse ist. Sobald Sie das in der E-Mail bestätigen, kommt die Einladung.`,
    declined: 'Der Organisator sieht, dass Sie nicht können. Sie bekommen keine E-Mail.',
    stopped: address =>
      `Ihre Antwort ist gespeichert, aber an ${address} geht keine E-Mail: Entweder kam eine frühere als unzustellbar zurück, oder die Adresse hat unsere E-Mails abbestellt.`,
    invalidTitle: 'An diese Adresse können wir nicht schreiben',
    invalid:
      'Auf der Liste steht für Sie eine Adresse, an die sich keine E-Mail senden lässt. Mit einer anderen klappt es.',
    unreachableTitle: 'Wir konnten Ihre Adresse nicht erfahren',
    unreachable:
      'Das E-Mail-Tool hat uns einen ganzen Tag lang Ihre Adresse nicht genannt, deshalb wurde keine Einladung gesendet. Auf der Seite des Termins können Sie sie direkt anfordern.',
    overtakenTitle: 'Es zählt eine neuere Antwort',
    overtaken: 'Sie haben inzwischen noch einmal geantwortet. Es zählt die neuere Antwort.',
    takenBackTitle: 'Es ist keine Antwort gespeichert',
    takenBack:
      'Innerhalb einer Minute kamen zwei verschiedene Antworten, deshalb haben wir keine übernommen. Öffnen Sie die E-Mail und wählen Sie die Antwort, die Sie meinen.',
    noButInvite: 'Möchten Sie den Termin trotzdem im Kalender haben?',
    next: 'So geht es weiter',
    change: 'Anders entschieden?',
    copies: 'Nach ein paar Minuten noch keine E-Mail?',
    copiesHint:
      'Sehen Sie zuerst im Spam-Ordner nach. Über diese Links fügen Sie eine einfache Kopie hinzu, die späteren Änderungen nicht folgt.',
    file: 'Kalenderdatei (.ics)',
    google: 'Google Calendar',
    outlook: 'Outlook.com',
    yahoo: 'Yahoo Calendar',
    instead: 'Andere Adresse verwenden',
  },
  mailbox: {
    gmail: [
      'In Gmail zeigt die E-Mail den Termin neben Ihrem Kalender, dazu „Ja“, „Vielleicht“ und „Nein“.',
      'Falls er nicht von selbst in Google Calendar erscheint, klicken Sie einmal auf „Ich kenne den Absender“ oder antworten Sie in der E-Mail.',
    ],
    outlook: [
      'In Outlook kommt die E-Mail als Besprechungsanfrage; bis Sie antworten, steht sie mit Vorbehalt im Kalender.',
      'Dort können Sie Ihre Antwort jederzeit mit „Annehmen“ oder „Ablehnen“ ändern.',
    ],
    apple: [
      'In Apple Mail erscheint über der E-Mail ein Hinweis zum Hinzufügen zum Kalender, und die App Kalender zeigt die Einladung in ihrem Eingang.',
      'Nehmen Sie sie dort an, dann steht der Termin auf allen Ihren Geräten im Kalender.',
    ],
    other: [
      'Die meisten Mailprogramme zeigen über dem Text „Ja“, „Vielleicht“ und „Nein“, auch Gmail, Outlook und Apple Mail.',
      'Falls Ihres das nicht tut, öffnen Sie die angehängte Datei invite.ics mit Ihrem Kalender.',
    ],
  },
  instant: {
    title: answer => `Ihre Antwort: ${answer}`,
    body: seconds =>
      `Sie müssen nichts weiter tun. In etwa ${seconds === 1 ? 'einer Sekunde' : `${seconds} Sekunden`} zählt Ihre Antwort. Bis dahin können Sie die Antwort zurücknehmen.`,
    undo: 'Zurücknehmen',
    undoneTitle: 'Zurückgenommen',
    undone: 'Es ist nichts gespeichert, und es wird nichts gesendet.',
    committed: 'Ihre Antwort zählt.',
    dropped:
      'Das sah nach einem Programm aus, das jeden Link ausprobiert, deshalb wurde nichts gespeichert. Ein Klick zeigt uns, dass Sie es waren.',
  },
});
