/** Italian texts: what an organizer may let a page show beside the event. */
import type { Texts } from '../shape.ts';

export const face = (): Texts['face'] => ({
  seats: 'Posti',
  seatsFree: (free: number, all: number) => (free === 0 ? 'Tutti occupati' : `${free} su ${all} liberi`),
  coming: 'Partecipanti',
  people: (count: number) => (count === 1 ? '1 persona' : `${count} persone`),
  pinned: 'In evidenza',
});
