/** Dutch texts: the mail that says that an account at a platform has to be connected again. */
import type { Translation } from '../shape.ts';

export const reconnect = (): Translation['reconnect'] => ({
  title: platform => `Verbind ${platform} opnieuw`,
  preheader: platform => `Antwoorden wachten hier tot ${platform} ons binnenlaat.`,
  lead: (platform, account) =>
    `${platform} laat ons niet meer toe tot ‘${account}’: de toegang is ingetrokken of verlopen. Verbind het account opnieuw; wat wacht, wordt dan verstuurd.`,
  button: 'Opnieuw verbinden',
  meanwhile: platform =>
    `Uitnodigingen en antwoorden gaan door zoals voorheen. Wat mensen antwoorden, wordt bewaard en naar ${platform} geschreven zodra het account weer verbonden is.`,
  footer: 'Je krijgt deze mail omdat je in deze werkruimte werkt. De mail is door een programma geschreven.',
});
