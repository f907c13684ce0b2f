/** German texts: the second look that a public form takes when much is asked for from one network. */
import type { Texts } from '../shape.ts';

export const guard = (): Texts['guard'] => ({
  title: 'Einen Moment, bitte',
  body: 'Aus Ihrem Netz wurden in kurzer Zeit viele Einladungen angefordert. Deshalb stellen wir sicher, dass kein Programm dahintersteckt.',
  busy: 'Ihr Browser rechnet. Das dauert ein, zwei Sekunden; Sie müssen nichts tun.',
  mailFirst:
    'Es geht nicht weiter? Dann klicken Sie hier: Wir schreiben zuerst an die Adresse und fragen, ob sie Ihnen gehört.',
  button: 'Zuerst eine E-Mail senden',
});
