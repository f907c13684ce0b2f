/** French texts: what an organizer may let a page show beside the event. */
import type { Texts } from '../shape.ts';

export const face = (): Texts['face'] => ({
  seats: 'Places',
  seatsFree: (free: number, all: number) =>
    free === 0 ? 'Toutes prises' : `${free} sur ${all} ${free === 1 ? 'libre' : 'libres'}`,
  coming: 'Participants',
  people: (count: number) => `${count} ${count < 2 ? 'personne' : 'personnes'}`,
  pinned: 'À la une',
});
