/** French texts: why a calendar text is no event of ours, said to the organizer. `detail` is the value to blame, or empty. */
import type { Translation } from '../shape.ts';

const named = (detail: string) => (detail === '' ? '' : ` (${detail})`);

export const refusals = (): Translation['refusals'] => ({
  not_icalendar: () =>
    'La pièce jointe n’est pas un fichier iCalendar. Invitez-nous depuis votre agenda, ou joignez un fichier .ics.',
  vcalendar_1: () =>
    'Le fichier est dans l’ancien format vCalendar 1.0. Exportez-le au format iCalendar (.ics, version 2.0) et envoyez-le de nouveau.',
  truncated: () => 'Le fichier d’agenda s’arrête au milieu. Envoyez de nouveau l’invitation.',
  no_event: () =>
    'Le fichier d’agenda ne contient aucun événement. Invitez-nous à un événement de votre agenda.',
  task_only: () =>
    'Le fichier d’agenda contient une tâche ou une note, mais aucun événement. Faites-en un événement et invitez-nous de nouveau.',
  no_uid: () =>
    'L’événement n’a pas d’UID, les changements ultérieurs ne pourraient donc pas lui être rattachés. Créez-le dans un agenda et invitez-nous.',
  bad_uid: () =>
    'L’UID de l’événement est trop long ou contient des caractères qu’aucun agenda n’écrit. Créez de nouveau l’événement dans votre agenda et invitez-nous.',
  no_start: () => 'L’événement n’a pas de début. Indiquez une date et invitez-nous de nouveau.',
  bad_start: detail =>
    `Le début de l’événement est illisible${named(detail)}. Indiquez de nouveau sa date et son heure.`,
  bad_end: detail => `La fin de l’événement est illisible${named(detail)}. Indiquez-la de nouveau.`,
  end_before_start: detail =>
    `L’événement se termine avant de commencer${named(detail)}. Indiquez de nouveau sa fin.`,
  unknown_zone: detail =>
    `Le fuseau horaire de l’événement est inconnu, et le fichier ne le décrit pas${named(detail)}. Choisissez un fuseau horaire dans votre agenda et enregistrez l’événement.`,
  floating_time: () =>
    'L’événement n’a pas de fuseau horaire, son heure exacte n’est donc pas certaine. Choisissez un fuseau horaire dans votre agenda et enregistrez l’événement.',
  two_events: () => 'L’invitation contient plus d’un événement. Envoyez un seul événement par e-mail.',
  two_calendars: () => 'L’e-mail contient plus d’un agenda. Envoyez un seul événement par e-mail.',
  unknown_method: detail =>
    `Le fichier d’agenda a une fonction inconnue${named(detail)}. Envoyez-le comme invitation.`,
  no_organizer: () => 'L’événement n’indique aucun organisateur. Invitez-nous depuis votre agenda.',
  too_large: () =>
    'Les données d’agenda sont trop volumineuses. Retirez les images et les longs textes de la description.',
  too_many_lines: () =>
    'Les données d’agenda ont trop de lignes. Envoyez un événement par e-mail, avec moins d’invités ou de changements.',
  line_too_long: () =>
    'Une ligne des données d’agenda est trop longue. Retirez les images et les longs textes de la description.',
  too_deep: () =>
    'Les données d’agenda sont trop imbriquées pour être un événement. Créez de nouveau l’événement dans votre agenda et invitez-nous.',
  too_many_changes: () => 'La série a trop de dates modifiées. Divisez-la en séries plus courtes.',
  too_many_dates: () =>
    'La série énumère trop de dates. Utilisez une règle de répétition, ou divisez-la en séries plus courtes.',
  rule_not_supported: detail =>
    `Cette règle de répétition n’est pas prise en charge${named(detail)}. Utilisez une règle plus simple.`,
  range_not_supported: () =>
    'Un changement de « cet événement et tous les suivants » est arrivé sous une forme que nous ne prenons pas en charge. Terminez la série et commencez-en une nouvelle.',
  year_out_of_range: detail =>
    `L’événement se situe hors des années que nous gérons${named(detail)}. Vérifiez sa date et la fin de la série.`,
  too_long: () =>
    'L’événement est trop long. Fixez sa fin au plus tard un an et un jour après son début, ou faites-en une série.',
  sequence_out_of_range: detail =>
    `Le numéro de révision de l’événement est hors limites${named(detail)}. Copiez l’événement dans votre agenda, invitez-nous à la copie et supprimez celui-ci.`,
});
