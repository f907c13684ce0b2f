/** English texts: what an organizer may let a page show beside the event. Values are strings, or functions of what they name. */
export const face = {
  seats: 'Seats',
  seatsFree: (free: number, all: number) => (free === 0 ? 'All taken' : `${free} of ${all} free`),
  coming: 'Coming',
  people: (count: number) => (count === 1 ? '1 person' : `${count} people`),
  pinned: 'Featured',
} as const;
