/** Dutch texts: what an organizer may let a page show beside the event. */
import type { Texts } from '../shape.ts';

export const face = (): Texts['face'] => ({
  seats: 'Plaatsen',
  seatsFree: (free: number, all: number) => (free === 0 ? 'Allemaal bezet' : `${free} van ${all} vrij`),
  coming: 'Aanwezig',
  people: (count: number) => (count === 1 ? '1 persoon' : `${count} personen`),
  pinned: 'Uitgelicht',
});
