/** Italian texts: sign-in. */
import type { Translation } from '../shape.ts';

const minutesSaid = (count: number) => (count === 1 ? 'un minuto' : `${count} minuti`);

export const signin = (): Translation['signin'] => ({
  mail: {
    brand: 'Simple Invite Service',
    subject: 'Link di accesso',
    preheader: minutes => `Funziona una sola volta, per ${minutesSaid(minutes)}.`,
    title: 'Accesso',
    lead: 'Qualcuno, probabilmente chi usa questo indirizzo, ha chiesto di accedere.',
    button: 'Accedi',
    once: minutes =>
      `Il link funziona una sola volta, per ${minutesSaid(minutes)}, nel browser da cui è stato richiesto.`,
    elsewhere:
      'Aperto in un altro browser o su un altro dispositivo, mostra un codice di sei cifre da inserire nella pagina della richiesta.',
    notYou:
      'La richiesta è di qualcun altro? Non serve fare nulla; non comunicare il codice a nessuno. Senza il link o il codice non entra nessuno.',
    footer: 'Questa email è stata generata da un programma. Nessuno legge le risposte.',
  },
  frame: { footer: 'Simple Invite Service. Un cookie mantiene l’accesso; nessun tracciamento.' },
  form: {
    title: 'Accedi',
    lead: 'Trasforma qualsiasi evento del calendario in un invito che chiunque può richiedere.',
    email: 'Indirizzo email',
    hint: 'Inviamo un link per email. Nessuna password e nessun account da creare prima: il primo accesso apre lo spazio di lavoro.',
    button: 'Inviatemi un link di accesso',
    local: 'Il servizio è in esecuzione su questo computer',
    localBody:
      'Le email non escono da qui: il link di accesso arriva nella posta in uscita locale. Anche il terminale in cui è stato avviato il servizio mostra un link, che apre tutto subito.',
    localLink: 'Apri la posta in uscita locale',
    begin: 'Oppure cominciare dal calendario',
    beginSteps: mailbox => [
      'Creare un evento nel calendario, o aprirne uno esistente.',
      `Aggiungere ${mailbox} agli invitati e inviare l’invito.`,
      'Aprire l’email di risposta: contiene il link alla pagina dell’evento.',
    ],
  },
  once: {
    title: 'Premere ancora una volta',
    body: 'La richiesta è arrivata da un altro sito. Controllare l’indirizzo e premere il pulsante direttamente qui.',
  },
  limited: {
    title: 'Attendere un momento',
    body: wait =>
      `Dalla stessa rete sono stati richiesti molti link di accesso in poco tempo. Riprovare ${wait}.`,
  },
  sent: {
    title: 'Controllare la posta',
    to: address => `Se ${address} può ricevere le nostre email, un link di accesso è in arrivo.`,
    here: minutes => `Aprirlo in questo browser. Funziona una sola volta, per ${minutesSaid(minutes)}.`,
    elsewhere: 'L’email è stata aperta altrove?',
    code: 'Codice di sei cifre',
    codeHint: 'Il link lo mostra quando viene aperto in un altro browser o su un altro dispositivo.',
    codeButton: 'Accedi con il codice',
    wrong:
      'Il codice non corrisponde. Confrontarlo con la pagina che lo mostra; ogni nuova email ha un nuovo codice.',
    tooMany: wait =>
      `Qui sono stati provati troppi codici. Usare il link nell’email, oppure riprovare ${wait}.`,
    again: 'Non è arrivato nulla? Controllare la cartella dello spam, oppure fare una nuova richiesta.',
    againLink: 'Richiedi di nuovo',
  },
  press: {
    title: 'Accedi',
    as: address => `Con l’indirizzo ${address}.`,
    operator: 'Come gestore di questa installazione: sono visibili tutti gli spazi di lavoro.',
    button: 'Accedi',
    not: 'La richiesta è di qualcun altro? Basta chiudere questa pagina. Non succede nulla.',
  },
  elsewhere: {
    title: 'Manca un passaggio',
    titleWith: code => `Codice: ${code}`,
    body: 'Questo link è stato richiesto in un altro browser o su un altro dispositivo. Inserire lì questo codice:',
    warn: 'Inserirlo solo nella pagina da cui è partita la propria richiesta. Nessuno di noi lo chiederà mai. Se la richiesta è di qualcun altro, chiudere questa pagina.',
  },
  over: {
    title: 'Questo link è già stato usato, o è troppo vecchio',
    body: 'Un link di accesso funziona una sola volta, e non a lungo. Se era già stato aperto in questo browser, l’accesso è attivo.',
    again: 'Richiedi un nuovo link',
    open: 'Apri la dashboard',
  },
  notBuilt: {
    title: 'La dashboard non è ancora stata creata',
    body: 'Chi gestisce questa installazione può crearla con «npm run build». Le pagine e l’API funzionano anche senza.',
  },
});
