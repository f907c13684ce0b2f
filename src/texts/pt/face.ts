/** Portuguese texts, as Brazil writes them: what an organizer may let a page show beside the event. */
import type { Texts } from '../shape.ts';

export const face = (): Texts['face'] => ({
  seats: 'Lugares',
  seatsFree: (free: number, all: number) =>
    free === 0 ? 'Todos ocupados' : `${free} de ${all} ${free === 1 ? 'livre' : 'livres'}`,
  coming: 'Participantes',
  people: (count: number) => (count === 1 ? '1 pessoa' : `${count} pessoas`),
  pinned: 'Em destaque',
});
