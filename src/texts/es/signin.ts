/** Spanish texts: sign-in. */
import type { Translation } from '../shape.ts';

const minutesOf = (minutes: number) => (minutes === 1 ? 'un minuto' : `${minutes} minutos`);

export const signin = (): Translation['signin'] => ({
  mail: {
    brand: 'Simple Invite Service',
    subject: 'Su enlace para iniciar sesión',
    preheader: minutes => `Funciona una sola vez, durante ${minutesOf(minutes)}.`,
    title: 'Iniciar sesión',
    lead: 'Alguien, probablemente usted, ha pedido iniciar sesión con esta dirección.',
    button: 'Iniciar sesión',
    once: minutes =>
      `El enlace funciona una sola vez, durante ${minutesOf(minutes)}, en el navegador en el que se pidió.`,
    elsewhere:
      'Si se abre en otro navegador o en otro dispositivo, muestra un código de seis cifras: escríbalo donde pidió el enlace.',
    notYou:
      '¿No fue usted? Entonces no haga nada y no dé ningún código a nadie. Sin el enlace o el código no entra nadie.',
    footer: 'Este correo se ha generado automáticamente. Nadie lee las respuestas.',
  },
  frame: { footer: 'Simple Invite Service. Una sola cookie mantiene la sesión abierta; sin rastreadores.' },
  form: {
    title: 'Iniciar sesión',
    lead: 'Convierta cualquier evento de su calendario en una invitación que todo el mundo puede pedir.',
    email: 'Correo electrónico',
    hint: 'Enviamos un enlace por correo. Sin contraseña y sin crear antes una cuenta: al iniciar sesión por primera vez se abre su espacio de trabajo.',
    button: 'Enviarme un enlace',
    local: 'El servicio funciona en su propio equipo',
    localBody:
      'El correo no sale de él: su enlace para iniciar sesión llega a la bandeja de salida local. El terminal en el que arrancó el servicio también muestra un enlace que lo abre todo de una vez.',
    localLink: 'Abrir la bandeja de salida local',
    begin: 'O empezar en su calendario',
    beginSteps: mailbox => [
      'Cree un evento en su calendario o abra uno que ya tenga.',
      `Añada ${mailbox} como invitado y envíe la invitación.`,
      'Abra el correo que recibirá como respuesta: contiene el enlace a su página.',
    ],
  },
  once: {
    title: 'Pulse una vez más',
    body: 'Ha llegado desde otro sitio web. Compruebe la dirección y pulse el botón en esta página, por favor.',
  },
  limited: {
    title: 'Un momento, por favor',
    body: wait =>
      `Se pidieron muchos enlaces para iniciar sesión desde su red en poco tiempo. Inténtelo de nuevo ${wait}, por favor.`,
  },
  sent: {
    title: 'Revise su bandeja de entrada',
    to: address =>
      `Si ${address} puede recibir nuestros correos, el enlace para iniciar sesión ya va de camino.`,
    here: minutes => `Ábralo en este navegador. Funciona una sola vez, durante ${minutesOf(minutes)}.`,
    elsewhere: '¿Ha abierto el correo en otro lugar?',
    code: 'Código de seis cifras',
    codeHint: 'El enlace lo muestra cuando se abre en otro navegador o en otro dispositivo.',
    codeButton: 'Entrar con el código',
    wrong:
      'Ese código no coincide. Compárelo con la página que lo muestra, por favor; cada correo nuevo trae un código nuevo.',
    tooMany: wait =>
      `Aquí se han probado demasiados códigos. Use el enlace del correo o inténtelo de nuevo ${wait}.`,
    again: '¿No ha llegado nada? Mire en la carpeta de spam o pida otro enlace.',
    againLink: 'Pedir otro enlace',
  },
  press: {
    title: 'Iniciar sesión',
    as: address => `Con la dirección ${address}.`,
    operator: 'Como operador de esta instalación: verá todos los espacios de trabajo.',
    button: 'Iniciar sesión',
    not: '¿No lo ha pedido usted? Entonces cierre esta página. No pasa nada.',
  },
  elsewhere: {
    title: 'Falta un paso',
    titleWith: code => `Su código: ${code}`,
    body: 'Este enlace se pidió en otro navegador o en otro dispositivo. Escriba allí este código:',
    warn: 'Escríbalo solo en la página en la que usted pidió el enlace. Nadie de nuestro equipo se lo pedirá nunca. Si no lo ha pedido, cierre esta página.',
  },
  over: {
    title: 'Este enlace ya se ha usado o es demasiado antiguo',
    body: 'Un enlace para iniciar sesión funciona una sola vez y durante poco tiempo. Si lo ha usado usted, la sesión ya está iniciada.',
    again: 'Pedir otro enlace',
    open: 'Abrir el panel',
  },
  notBuilt: {
    title: 'El panel aún no está compilado',
    body: 'Quien administra esta instalación puede compilarlo con «npm run build». Las páginas y la API funcionan sin él.',
  },
});
