/** Dutch texts: the second look that a public form takes when much is asked for from one network. */
import type { Texts } from '../shape.ts';

export const guard = (): Texts['guard'] => ({
  title: 'Een ogenblik',
  body: 'Er zijn in korte tijd veel uitnodigingen aangevraagd vanaf jouw netwerk. Daarom controleren we of er geen programma aan het werk is.',
  busy: 'Je browser is ermee bezig. Dat duurt een of twee seconden; je hoeft nergens op te klikken.',
  mailFirst:
    'Gebeurt er niets? Klik dan hier: we sturen eerst een mail naar het adres om te vragen of het van jou is.',
  button: 'Stuur me eerst een mail',
});
