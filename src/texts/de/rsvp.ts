/** German texts: rsvp. */
import type { Translation } from '../shape.ts';

export const rsvp = (): Translation['rsvp'] => ({
  counter: {
    subject: title => `Zu Ihrem Terminvorschlag: ${title}`,
    title: 'Es bleibt bei der bisherigen Zeit',
    lead: organizer =>
      `Vielen Dank für Ihren Vorschlag. Die Zeiten dieses Termins stehen fest, deshalb bleibt in Ihrem Kalender die Zeit, die ${organizer} festgelegt hat. Ihr Vorschlag wird weitergegeben.`,
    comment: 'Die Zeiten dieses Termins stehen fest. Ihr Vorschlag wurde an den Organisator weitergegeben.',
    proposed: 'Ihr Vorschlag',
    stays: 'Es bleibt bei',
    footer: 'Diese E-Mail wurde automatisch erstellt, weil Ihr Kalender einen Vorschlag gesendet hat.',
  },
  message: {
    subject: sender => `Nachricht von ${sender}`,
    subjectAbout: (sender, title) => `Nachricht von ${sender} zu ${title}`,
    title: sender => `${sender} hat Ihnen geschrieben`,
    lead: 'Jemand hat auf eine Ihrer Einladungen mit einer Nachricht geantwortet statt mit „Ja“ oder „Nein“. Geändert wurde dadurch nichts.',
    unproven: 'Wir konnten nicht nachweisen, wer diese Nachricht gesendet hat.',
    said: 'Betreff',
    from: 'Von',
    event: 'Termin',
    reply: sender => `An ${sender} schreiben`,
    empty: 'Die E-Mail enthielt keinen Text, den wir weitergeben können.',
    attachments: 'Anhänge werden nicht weitergegeben.',
    cut: 'Der Rest wurde weggelassen.',
    footer: 'Sie bekommen diese E-Mail, weil Sie mit dieser Adresse Einladungen versenden.',
  },
});
