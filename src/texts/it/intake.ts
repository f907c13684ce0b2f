/** Italian texts: the mails organizers get, and the page that confirms a draft. */
import type { Translation } from '../shape.ts';

type Intake = Translation['intake'];

export const intake = (): Intake => ({
  brand: 'Simple Invite Service',
  untitled: 'evento senza titolo',
  footer: {
    invited: create => `Questa email arriva perché ${create} è tra gli invitati di un evento del calendario.`,
    named: create => `Questa email arriva perché a ${create} è giunta un’email a nome di questo indirizzo.`,
    automatic: 'È stata scritta da un programma. Nessuno legge le risposte.',
    trace: arrival => `Riferimento dell’email: ${arrival}`,
  },
  facts: {
    event: 'Evento',
    when: 'Quando',
    repeats: 'Ripetizione',
    where: 'Dove',
    sender: 'Inviato da',
    mail: 'Oggetto',
    line: 'Riga del file di calendario',
  },
  live: {
    subject: title => `Evento pubblicato: ${title}`,
    preheader: 'Ecco la sua pagina. Chi la apre può mettere l’evento nel proprio calendario.',
    title: 'L’evento è pubblicato',
    lead: title =>
      `«${title}» ora ha una pagina. Chi la apre e lascia un indirizzo riceve un vero invito di calendario e può rispondere.`,
    open: 'Apri la pagina dell’evento',
    share: 'Condividere l’evento',
    page: 'Pagina dell’evento',
    campaign: 'Link per pulsanti e campagne',
    file: 'File di calendario (.ics), se qualcuno lo chiede',
    watch: 'Vedere chi l’ha richiesto',
    dashboard: 'Inviti e risposte di questo evento',
    dashboardHint:
      'Questo link è personale: chi lo possiede vede gli indirizzi delle persone invitate. Funziona per 30 giorni.',
    changes: 'Quando qualcosa cambia',
    changesList: create => [
      `Modificare l’evento nel calendario come sempre, lasciando ${create} tra gli invitati. La modifica arriva a tutti quelli che hanno l’evento.`,
      'Annullandolo nel calendario, l’evento viene annullato per tutti.',
      'Le risposte arrivano al link qui sopra. L’elenco degli invitati nel calendario resta indipendente: chi ne fa già parte non viene invitato una seconda volta.',
    ],
    warnings: 'Da controllare',
  },
  notes: notes(),
  confirm: {
    subject: title => `Confermare: ${title}`,
    preheader: 'Basta premere una volta. Altrimenti non succede nulla.',
    title: 'Questa richiesta è autentica?',
    lead: title =>
      `Un’email a nome di questo indirizzo chiede di pubblicare o modificare «${title}». Non è stato possibile verificare che sia autentica, perciò non è ancora stato fatto nulla.`,
    button: 'Controlla e conferma',
    notYou:
      'Se la richiesta è di qualcun altro, non serve fare nulla. Senza conferma non viene pubblicato nulla, nessuno viene avvisato e la richiesta viene eliminata dopo qualche giorno.',
    once: 'Chiediamo conferma al massimo una volta al giorno. La pagina dietro il pulsante mostra sempre tutto ciò che è in attesa.',
  },
  zone: {
    subject: title => `Quale fuso orario? ${title}`,
    preheader: 'Il calendario ha inviato l’orario senza fuso orario.',
    title: 'Una domanda prima della pubblicazione',
    lead: title =>
      `Il calendario ha inviato «${title}» senza fuso orario, perciò non si può sapere a che ora è per chi si trova altrove.`,
    button: 'Scegli il fuso orario',
    after: 'La scelta vale anche per i prossimi eventi che arrivano senza fuso orario.',
  },
  explain: explain(),
  reply: {
    accepted: title => `Accettato: ${title}`,
    declined: title => `Rifiutato: ${title}`,
    acceptedBody: 'L’evento è registrato.',
    declinedBody: 'Non è stato possibile registrare l’evento.',
  },
});

function notes(): Intake['notes'] {
  return {
    floating_in_organizer_zone: zone =>
      `Il calendario ha inviato questo evento senza fuso orario. Abbiamo usato ${zone}, il fuso orario degli altri eventi.`,
    plain: {
      floating_in_calendar_zone:
        'Il calendario ha inviato questo evento senza un proprio fuso orario. Abbiamo usato quello del calendario.',
      summary_cut: 'Il titolo è molto lungo. Ne abbiamo conservato l’inizio.',
      location_cut: 'Il luogo è molto lungo. Ne abbiamo conservato l’inizio.',
      description_cut: 'La descrizione è molto lunga. Ne abbiamo conservato l’inizio.',
      html_left_out: 'La descrizione formattata è molto lunga. Ne abbiamo conservato il testo semplice.',
      rule_in_override:
        'Una data modificata non può ripetersi da sola. L’abbiamo considerata come quella singola data.',
      continues_series:
        'Continua una serie che è stata divisa. Chi ha nel calendario la parte precedente viene invitato anche a questa.',
      unreadable_line: 'Una riga del file di calendario non era leggibile ed è stata omessa.',
    },
  };
}

function explain(): Intake['explain'] {
  return {
    subject: about => `Non registrato: «${about}»`,
    subjectPlain: 'Non è stato possibile registrare l’email',
    preheader: 'Che cosa non andava e che cosa fare.',
    title: 'Non è stato possibile registrare questo invito',
    todo: 'Che cosa fare',
    what: {
      no_calendar: create =>
        `L’email inviata a ${create} non contiene nessun invito di calendario, perciò non c’è nessun evento da registrare.`,
      forwarded: () =>
        'Questo invito appartiene a qualcun altro: non l’ha inviato la persona indicata come organizzatore. Accettiamo gli eventi solo dal loro organizzatore.',
      tnef: () =>
        'Il programma di posta ha inviato l’invito in un formato proprio (winmail.dat) che nessun altro programma legge.',
      two_events: () => 'L’email contiene più di un evento. Registriamo un evento per email.',
      method_not_supported: () => 'Il calendario ha chiesto un’operazione che non offriamo per gli eventi.',
      too_many_mails: () =>
        'Il calendario ci ha inviato moltissime email in poco tempo, perciò questa non è stata accettata. Anche le prossime verranno ignorate senza avviso fino allo scadere dell’ora.',
      nothing_to_cancel: () =>
        'È stato annullato un evento che non abbiamo. Nessuno è stato avvisato, perché nessuno l’aveva ricevuto da noi.',
      other: () => 'L’evento contenuto nell’email non può essere registrato.',
    },
    hint: {
      no_calendar: create => [
        'Aprire l’evento nel calendario.',
        `Aggiungere ${create} agli invitati.`,
        'Salvare l’evento e far inviare l’invito dal calendario.',
      ],
      forwarded: create => [`Chiedere all’organizzatore di aggiungere ${create} agli invitati dell’evento.`],
      tnef: () => [
        'In Outlook, aprire le opzioni dell’email o di questo contatto e scegliere di inviare gli inviti come iCalendar, oppure HTML invece di RTF.',
        'Poi inviare di nuovo l’invito.',
      ],
      two_events: () => ['Inviare ogni evento in un’email separata.'],
      method_not_supported: () => [
        'Aprire l’evento nel calendario, salvarlo e inviare di nuovo l’invito completo.',
      ],
      too_many_mails: () => ['Allo scadere dell’ora, salvare di nuovo l’evento nel calendario.'],
      nothing_to_cancel: () => ['Non serve fare nulla.'],
      other: () => ['Modificarlo nel calendario e inviare di nuovo l’invito.'],
    },
  };
}
