/** Italian texts: the upcoming page, its digest, and following. */
import type { Translation } from '../shape.ts';

export const upcoming = (): Translation['upcoming'] => ({
  title: name => `Prossimi eventi: ${name}`,
  heading: 'Prossimi eventi',
  search: 'Cerca',
  searchHint: 'Per titolo o luogo.',
  find: 'Trova',
  months: 'Mesi',
  all: 'Tutti',
  open: title => `Dettagli: ${title}`,
  details: 'Dettagli',
  email: 'Indirizzo email',
  emailHint: 'Quello usato dal calendario.',
  follow: name => `Desidero ricevere anche gli inviti ai futuri eventi di ${name}`,
  followHint:
    'Inviamo una sola email per verificare l’indirizzo. Ogni invito contiene un link per non riceverne più.',
  send: 'Inviatemi gli inviti',
  sendFollow: 'Segui questi eventi',
  promise: 'L’indirizzo serve solo per questi eventi, e ogni email contiene un link per non riceverne più.',
  feed: 'Abbonati al calendario',
  feedHint: 'Mostra tutti i prossimi eventi, senza possibilità di rispondere e senza avvisi per email.',
  none: 'Al momento non c’è nulla in programma.',
  noneFound: 'Nessun prossimo evento corrisponde alla ricerca.',
  more: 'Ce ne sono altri: usare la ricerca o scegliere un mese.',
  problems: {
    nothing: 'Scegliere almeno un evento.',
    tooMany: most =>
      most === 1 ? 'Scegliere un solo evento alla volta.' : `Scegliere al massimo ${most} eventi alla volta.`,
    gone: 'Uno degli eventi scelti non è più tra i prossimi. L’elenco ora è aggiornato.',
  },
  asked: {
    steps: from => [
      `Per ogni evento arriva un’email da ${from}, di solito entro un minuto. Se è la prima volta, o se è stato chiesto di seguire gli eventi, prima arriva una sola email per verificare l’indirizzo.`,
      'Aprire ogni invito e premere Sì, Forse o No. L’organizzatore vede la risposta.',
      'Gli eventi compaiono nel calendario e si aggiornano da soli a ogni modifica.',
    ],
    back: 'Torna agli eventi',
  },
  digest: {
    subject: name => `Confermare la richiesta: eventi di ${name}`,
    title: 'Confermare questo indirizzo?',
    lead: name =>
      `Qualcuno, probabilmente chi usa questo indirizzo, ha richiesto gli inviti di calendario di ${name}.`,
    follow:
      'La richiesta vale anche per gli eventi futuri: ciascuno arriva come invito, e ogni invito contiene un link per non riceverne più.',
    button: 'Controlla e conferma',
    not: 'La richiesta è di qualcun altro? Non serve fare nulla: non viene inviato nessun invito.',
    days: days => (days === 1 ? 'Il link è valido per un giorno.' : `Il link è valido per ${days} giorni.`),
    for: address => `Indirizzo: ${address}.`,
    press: 'Sì, inviatemi gli inviti',
    pressFollow: 'Sì, l’indirizzo è mio',
    notMe: 'Non l’ho chiesto io',
    doneTitle: 'Grazie',
    done: 'Gli inviti sono in arrivo. Dovrebbero essere nella posta entro un minuto.',
    followed: name => `Da ora gli inviti ai nuovi eventi di ${name} arrivano a questo indirizzo.`,
    notMeDone: 'Grazie. Da questo organizzatore non arriveranno altre email.',
  },
});
