/** Japanese texts: what an organizer may let a page show beside the event. */
import type { Texts } from '../shape.ts';

export const face = (): Texts['face'] => ({
  seats: '空席',
  seatsFree: (free: number, all: number) =>
    free === 0 ? '満席です' : `全${all}席のうち${free}席が空いています`,
  coming: '参加予定',
  people: (count: number) => `${count}名`,
  pinned: '注目のイベント',
});
