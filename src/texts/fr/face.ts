/** French texts: what an organizer may let a page show beside the event. */
import type { Texts } from '../shape.ts';

export const face = (): Texts['face'] => ({
  seats: 'Places',
  seatsFree: (free: number, all: number) => (free === 0 ? 'Toutes prises' : `${free} sur ${all} libres`),
  coming: 'Participants',
  people: (count: number) => (count === 1 ? '1 personne' : `${count} personnes`),
  pinned: 'À la une',
});
