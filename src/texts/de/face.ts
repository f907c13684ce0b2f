/** German texts: what an organizer may let a page show beside the event. */
import type { Texts } from '../shape.ts';

export const face = (): Texts['face'] => ({
  seats: 'Plätze',
  seatsFree: (free: number, all: number) => (free === 0 ? 'Alle vergeben' : `${free} von ${all} frei`),
  coming: 'Dabei',
  people: (count: number) => (count === 1 ? '1 Person' : `${count} Personen`),
  pinned: 'Im Blickpunkt',
});
