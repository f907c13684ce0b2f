/** Dutch texts: campaign buttons and the brand they wear. */
import type { Translation } from '../shape.ts';

export const buttons = (): Translation['buttons'] => ({
  answers: { yes: 'Ja', maybe: 'Misschien', no: 'Nee', ask: 'Reageer' },
  names: {
    yes: title => `Ja, ik kom naar ${title}`,
    maybe: title => `Misschien kom ik naar ${title}`,
    no: title => `Nee, ik kom niet naar ${title}`,
    ask: title => `Reageer op de uitnodiging voor ${title}`,
  },
  upcoming: 'Binnenkort',
  savedName: title => `Uitnodiging: ${title}`,
  savedUpcoming: 'Uitnodiging: binnenkort',
  contrast: (color, text, better) =>
    `${text} op ${color} is moeilijk te lezen. Kies kleuren die meer verschillen, bijvoorbeeld ${better} erop, of een donkerder of lichter ${color}.`,
  notConnected: platform =>
    `Er is geen account van ${platform} gekoppeld. Koppel er eerst een, of maak een knop voor een andere mailingdienst.`,
  otherPlatform: platform => `Deze koppeling is niet van ${platform}.`,
  audienceNeeded: (platform, names) =>
    `Een knop voor ${platform} wordt voor één doelgroep gemaakt. Noem er een van: ${names}.`,
  noAudience: platform => `Het account van ${platform} heeft nog geen doelgroep. Maak daar er eerst een.`,
  unknownAudience: names => `Het account heeft deze doelgroep niet. Wel beschikbaar: ${names}.`,
  notSaved: 'Alleen een knop voor een gekoppeld account kan daar worden opgeslagen.',
  draft: 'Dit evenement wacht op bevestiging door de organisator. Bevestig het en maak dan de knop.',
  cancelled: 'Dit evenement is geannuleerd, dus er is geen knop voor.',
  ended: 'Dit evenement is afgelopen, dus er is geen knop voor.',
});
