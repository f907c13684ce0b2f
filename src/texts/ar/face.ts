/** Arabic texts: what an organizer may let a page show beside the event. */
import type { Texts } from '../shape.ts';

export const face = (): Texts['face'] => ({
  seats: 'المقاعد',
  seatsFree: (free: number, all: number) =>
    free === 0 ? 'جميع المقاعد محجوزة' : `المقاعد المتاحة: ${free} من ${all}`,
  coming: 'الحضور',
  people: (count: number) => `عدد الأشخاص: ${count}`,
  pinned: 'مميَّز',
});
