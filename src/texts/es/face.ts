/** Spanish texts: what an organizer may let a page show beside the event. */
import type { Texts } from '../shape.ts';

export const face = (): Texts['face'] => ({
  seats: 'Plazas',
  seatsFree: (free: number, all: number) =>
    free === 0 ? 'Todas ocupadas' : `${free} de ${all} ${free === 1 ? 'libre' : 'libres'}`,
  coming: 'Asistentes',
  people: (count: number) => (count === 1 ? '1 persona' : `${count} personas`),
  pinned: 'Destacados',
});
