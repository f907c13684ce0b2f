/** German texts: sign-in. */
import type { Translation } from '../shape.ts';

const minutesOf = (minutes: number) => (minutes === 1 ? 'eine Minute' : `${minutes} Minuten`);

export const signin = (): Translation['signin'] => ({
  mail: {
    brand: 'Simple Invite Service',
    subject: 'Ihr Anmeldelink',
    preheader: minutes => `Er gilt einmal, ${minutesOf(minutes)} lang.`,
    title: 'Anmelden',
    lead: 'Jemand, vermutlich Sie, möchte sich mit dieser Adresse anmelden.',
    button: 'Anmelden',
    once: minutes =>
      `Der Link gilt einmal, ${minutesOf(minutes)} lang, in dem Browser, in dem Sie ihn angefordert haben.`,
    elsewhere:
      'In einem anderen Browser oder auf einem anderen Gerät zeigt er einen Code aus sechs Ziffern: Geben Sie diesen dort ein, wo Sie sich anmelden wollten.',
    notYou:
      'Waren Sie das nicht? Dann tun Sie einfach nichts, und geben Sie niemandem einen Code. Ohne den Link oder den Code kommt niemand hinein.',
    footer: 'Diese E-Mail wurde automatisch erstellt. Antworten darauf liest niemand.',
  },
  frame: {
    footer: 'Simple Invite Service. Ein einziges Cookie hält Sie angemeldet; es gibt keine Tracker.',
  },
  form: {
    title: 'Anmelden',
    lead: 'Machen Sie aus jedem Termin in Ihrem Kalender eine Einladung, die alle anfordern können.',
    email: 'E-Mail-Adresse',
    hint: 'Wir senden Ihnen einen Link. Sie brauchen kein Passwort und müssen kein Konto anlegen: Mit der ersten Anmeldung entsteht Ihr Arbeitsbereich.',
    button: 'Anmeldelink senden',
    local: 'Sie betreiben den Dienst auf Ihrem eigenen Rechner',
    localBody:
      'E-Mails verlassen ihn nicht: Ihr Anmeldelink kommt im lokalen Postausgang an. Auch das Terminal, in dem der Dienst gestartet wurde, zeigt einen Link, der alles sofort öffnet.',
    localLink: 'Lokalen Postausgang öffnen',
    begin: 'Oder in Ihrem Kalender beginnen',
    beginSteps: mailbox => [
      'Erstellen Sie in Ihrem Kalender einen Termin, oder öffnen Sie einen vorhandenen.',
      `Fügen Sie ${mailbox} als Gast hinzu und senden Sie die Einladung.`,
      'Öffnen Sie die E-Mail, die zurückkommt: Sie enthält den Link zu Ihrer Seite.',
    ],
  },
  once: {
    title: 'Noch ein Klick',
    body: 'Sie kommen von einer anderen Website. Bitte prüfen Sie die Adresse und klicken Sie selbst auf den Button.',
  },
  limited: {
    title: 'Bitte warten Sie einen Moment',
    body: wait =>
      `Aus Ihrem Netz wurden in kurzer Zeit viele Anmeldelinks angefordert. Bitte versuchen Sie es ${wait} noch einmal.`,
  },
  sent: {
    title: 'Sehen Sie in Ihrem Postfach nach',
    to: address => `Sofern ${address} E-Mails von uns empfangen kann, ist ein Anmeldelink dorthin unterwegs.`,
    here: minutes => `Öffnen Sie ihn in diesem Browser. Er gilt einmal, ${minutesOf(minutes)} lang.`,
    elsewhere: 'Haben Sie die E-Mail woanders geöffnet?',
    code: 'Code aus sechs Ziffern',
    codeHint:
      'Der Link zeigt ihn, wenn er in einem anderen Browser oder auf einem anderen Gerät geöffnet wird.',
    codeButton: 'Mit dem Code anmelden',
    wrong:
      'Dieser Code passt nicht. Bitte vergleichen Sie ihn mit der Seite, die ihn zeigt; jede neue E-Mail hat einen neuen Code.',
    tooMany: wait =>
      `Hier wurden zu viele Codes ausprobiert. Verwenden Sie den Link in der E-Mail, oder versuchen Sie es ${wait} noch einmal.`,
    again: 'Nichts angekommen? Sehen Sie im Spam-Ordner nach, oder fordern Sie einen neuen Link an.',
    againLink: 'Neuen Link anfordern',
  },
  press: {
    title: 'Anmelden',
    as: address => `Als ${address}.`,
    operator: 'Als Betreiber dieser Installation: Sie sehen alle Arbeitsbereiche.',
    button: 'Anmelden',
    not: 'Wollten Sie sich gar nicht anmelden? Dann schließen Sie diese Seite. Es geschieht nichts.',
  },
  elsewhere: {
    title: 'Noch ein Schritt',
    titleWith: code => `Ihr Code: ${code}`,
    body: 'Sie haben diesen Link in einem anderen Browser oder auf einem anderen Gerät angefordert. Geben Sie dort diesen Code ein:',
    warn: 'Geben Sie ihn nur auf der Seite ein, auf der Sie sich selbst anmelden wollten. Niemand von uns wird Sie je danach fragen. Wollten Sie sich nicht anmelden, schließen Sie diese Seite.',
  },
  over: {
    title: 'Dieser Link wurde schon verwendet oder ist zu alt',
    body: 'Ein Anmeldelink gilt nur einmal und nicht lange. Haben Sie ihn selbst verwendet, dann sind Sie bereits angemeldet.',
    again: 'Neuen Link anfordern',
    open: 'Dashboard öffnen',
  },
  notBuilt: {
    title: 'Das Dashboard ist noch nicht gebaut',
    body: 'Wer diese Installation betreibt, kann es mit „npm run build“ bauen. Die Seiten und die API funktionieren auch ohne.',
  },
});
