/** Italian texts: the page behind a campaign's button. */
import type { Translation } from '../shape.ts';

export const press = (): Translation['press'] => ({
  title: event => `Risposta: ${event}`,
  question: 'Partecipare all’evento?',
  lead: {
    yes: 'Basta premere il pulsante: l’invito arriva per email come vero evento di calendario.',
    maybe: 'Basta premere il pulsante: l’invito arriva per email, con la risposta «Forse».',
    no: 'Basta premere il pulsante per avvisare l’organizzatore. Non arriva nessuna email.',
    ask: 'Scegliere una risposta. Con Sì o Forse, l’invito arriva per email come vero evento di calendario.',
  },
  buttons: { yes: 'Sì, ci sarò', maybe: 'Forse', no: 'No, non posso' },
  others: 'Altre risposte',
  answers: { yes: 'Sì', maybe: 'Forse', no: 'No' },
  for: address => `La risposta vale per ${address}.`,
  forSent: 'La risposta vale per l’indirizzo a cui è stata inviata questa email.',
  notYou: 'Non è l’indirizzo giusto?',
  yourTime: 'Nel proprio fuso orario',
  decoy: 'Altro su questa pagina',
  decoyTitle: 'Qui non c’è altro',
  decoyBody:
    'Questo link è destinato ai programmi che aprono automaticamente tutti i link. La risposta non cambia.',
  back: 'Torna alla domanda',
  toEvent: 'Vai alla pagina dell’evento',
  honeypot: 'Lasciare vuoto questo campo',
  again: {
    title: 'Premere ancora una volta',
    body: 'I programmi di posta aprono i link da soli, perciò chiediamo una seconda conferma. Questa volta la risposta vale.',
  },
  conflict: {
    title: 'Due risposte diverse in meno di un minuto',
    body: 'A volte i programmi di posta provano tutti i link, perciò non abbiamo registrato nessuna delle due risposte. Premere quella desiderata: sarà quella a valere.',
  },
  old: {
    title: 'Questa pagina è rimasta aperta a lungo',
    body: 'Non è ancora successo nulla. Premere ancora una volta.',
  },
  changed: {
    title: 'Nel frattempo l’evento è cambiato',
    body: 'Qui si legge la versione più recente. Controllarla e premere di nuovo.',
  },
  elsewhere: {
    title: 'Premere ancora una volta',
    body: 'La risposta è arrivata da un altro sito. Premere il pulsante direttamente qui.',
  },
  limited: wait =>
    `Dalla stessa rete sono arrivate molte risposte in poco tempo. Riprovare ${wait}. Non si perde nulla: il pulsante nell’email continua a funzionare.`,
  limitedTitle: 'Attendere un momento',
  other: {
    title: 'A quale indirizzo va inviato l’invito?',
    body: 'Inserire il proprio indirizzo. Prima inviamo un’email di verifica, per essere certi che l’indirizzo sia di chi lo inserisce; la risposta vale dopo la conferma.',
    plain:
      'Inserire l’indirizzo usato dal proprio calendario. Prima inviamo un’email di verifica, per essere certi che l’indirizzo sia di chi lo inserisce.',
    button: 'Inviatemi l’invito',
    promise: 'Il destinatario originale di questa email non viene avvisato, e per lui non cambia nulla.',
    absentTitle: 'Questo indirizzo non è più nella lista',
    absent:
      'L’email è stata inviata a un indirizzo che non è più nella lista dell’organizzatore, perciò il pulsante non può riconoscerlo. Inserendo il proprio indirizzo funziona lo stesso.',
  },
  preview: {
    title: 'Questa è un’anteprima',
    body: 'Il pulsante è stato aperto da un’email di prova, da un’anteprima o da un archivio web, perciò non si può sapere chi risponde. Non è stato registrato nulla.',
    next: 'Nell’email che ricevono gli iscritti, il pulsante mostra l’evento e chiede una sola conferma.',
  },
  expired: {
    title: 'Questo pulsante è scaduto',
    body: event =>
      `Era stato creato per «${event}» ed era valido per un periodo limitato. Non è stato registrato nulla.`,
    next: 'Dalla pagina dell’evento si può ancora richiedere l’invito.',
    over: 'Le email più recenti dell’organizzatore contengono pulsanti nuovi.',
  },
  cancelled: {
    title: 'Questo evento è annullato',
    body: event =>
      `L’organizzatore ha annullato «${event}». La risposta non serve più e non viene inviato nulla.`,
    next: 'Se l’evento è già nel calendario, viene rimosso o barrato automaticamente.',
  },
  ended: {
    title: 'Questo evento è terminato',
    body: event => `L’evento «${event}» si è già svolto, perciò non viene inviato più nulla.`,
    next: 'Il prossimo evento arriva con la prossima email dell’organizzatore.',
  },
  progress: {
    title: answer => `Risposta registrata: ${answer}`,
    contact:
      'Stiamo chiedendo l’indirizzo al servizio di mailing. Di solito bastano pochi secondi; la pagina si aggiorna da sola.',
    connection:
      'Al momento il servizio di mailing non risponde. La risposta è registrata e l’invito arriva appena il servizio torna disponibile. Questa pagina si può chiudere.',
    limited:
      'A questo indirizzo sono stati inviati molti inviti in poco tempo. La risposta è registrata e l’invito arriva entro un giorno. Questa pagina si può chiudere.',
    look: 'Controlla di nuovo',
  },
  done: {
    title: answer => `Grazie. Risposta: ${answer}`,
    sent: address => `L’invito è in arrivo a ${address}. Dovrebbe essere lì entro un minuto.`,
    already: address => `L’invito è già nella casella di ${address}. La risposta è stata registrata.`,
    confirm: address =>
      `Abbiamo scritto a ${address} per verificare l’indirizzo. L’invito arriva dopo la conferma in quell’email.`,
    declined: 'L’organizzatore vede la risposta «No». Non viene inviata nessuna email.',
    stopped: address =>
      `La risposta è registrata, ma all’indirizzo ${address} non vengono inviate email: quelle precedenti non sono state recapitate, oppure è stato chiesto di non inviarne più.`,
    invalidTitle: 'Non possiamo scrivere a questo indirizzo',
    invalid:
      'L’indirizzo presente nella lista dell’organizzatore non può ricevere email. Con un altro indirizzo funziona.',
    unreachableTitle: 'Non abbiamo ricevuto l’indirizzo',
    unreachable:
      'Per un giorno intero il servizio di mailing non ci ha comunicato l’indirizzo, perciò non è stato inviato nessun invito. Lo si può richiedere direttamente dalla pagina dell’evento.',
    overtakenTitle: 'Vale una risposta più recente',
    overtaken: 'Nel frattempo è arrivata un’altra risposta. Vale quella più recente.',
    takenBackTitle: 'Nessuna risposta registrata',
    takenBack:
      'Sono arrivate due risposte diverse in meno di un minuto, perciò non abbiamo registrato nessuna delle due. Aprire l’email e premere quella desiderata.',
    noButInvite: 'Aggiungere comunque l’evento al calendario?',
    next: 'Che cosa succede ora',
    change: 'Cambiato idea?',
    copies: 'Nessuna email dopo qualche minuto?',
    copiesHint:
      'Controllare prima la cartella dello spam. Questi link aggiungono una semplice copia, che non segue le modifiche successive.',
    file: 'File di calendario (.ics)',
    google: 'Google Calendar',
    outlook: 'Outlook.com',
    yahoo: 'Yahoo Calendar',
    instead: 'Usa un altro indirizzo',
  },
  mailbox: {
    gmail: [
      'In Gmail l’email mostra l’evento accanto agli altri impegni del calendario, con Sì, Forse e No.',
      'Se l’evento non compare da solo in Google Calendar, premere una volta «Conosco il mittente» oppure rispondere nell’email.',
    ],
    outlook: [
      'In Outlook l’email arriva come convocazione di riunione; nel calendario resta provvisoria finché non si risponde.',
      'Con Accetta o Rifiuta si può cambiare la risposta in qualsiasi momento.',
    ],
    apple: [
      'In Mail di Apple sopra l’email compare l’avviso «Aggiungi al calendario», e Calendario elenca l’invito tra quelli ricevuti.',
      'Accettandolo lì, l’evento compare nel calendario di tutti i dispositivi collegati.',
    ],
    other: [
      'La maggior parte dei programmi di posta mostra l’invito con Sì, Forse e No sopra il testo: così fanno Gmail, Outlook e Mail di Apple.',
      'Se non succede, aprire con il calendario il file allegato invite.ics.',
    ],
  },
  instant: {
    title: answer => `Risposta: ${answer}`,
    body: seconds =>
      `Non serve fare altro. Tra circa ${seconds} ${seconds === 1 ? 'secondo' : 'secondi'} la risposta diventa effettiva. Fino ad allora si può annullare.`,
    undo: 'Annulla la risposta',
    undoneTitle: 'Risposta annullata',
    undone: 'Non è stato registrato né inviato nulla.',
    committed: 'La risposta vale.',
    dropped:
      'Sembrava un programma che prova tutti i link, perciò non è stato registrato nulla. Basta premere una volta per confermare che è una persona a rispondere.',
  },
});
