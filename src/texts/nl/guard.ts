/** Dutch texts: the second look that a public form takes when much is asked for from one network. */
import type { Texts } from '../shape.ts';

export const guard = (): Texts['guard'] => ({
  title: 'Een ogenblik, alsjeblieft',
  body: 'Vanuit je netwerk zijn in korte tijd veel uitnodigingen gevraagd. Daarom gaan we na of er geen machine vraagt.',
  busy: 'Je browser rekent het uit. Dat duurt een paar seconden; je hoeft niets te doen.',
  mailFirst:
    'Gebeurt er niets? Klik dan hier: we schrijven eerst naar het adres en vragen of het van jou is.',
  button: 'Schrijf me eerst',
});
