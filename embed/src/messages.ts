/** What the frame and the host page say to each other. Whatever else arrives is nobody's: the shape is checked field by field. */

/** Host to frame, after each load: where to answer to. */
export const HELLO = 'sis:hello';

export type FrameMessage =
  | { readonly sis: 'size'; readonly height: number }
  /** What the page answered to its form. */
  | { readonly sis: 'said'; readonly outcome: Outcome; readonly events: number }
  /** Escape was pressed inside the frame, where the host page hears no key. */
  | { readonly sis: 'escape' };

export const OUTCOMES = ['asked', 'problem', 'limited', 'closed'] as const;
export type Outcome = (typeof OUTCOMES)[number];

const TALLEST = 20_000;
const MOST_EVENTS = 1_000;

export function readMessage(data: unknown): FrameMessage | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { sis, height, outcome, events } = data as Readonly<Record<string, unknown>>;
  if (sis === 'escape') return { sis };
  if (sis === 'size') return isCount(height, TALLEST) ? { sis, height } : undefined;
  const known = OUTCOMES.find(each => each === outcome);
  if (sis !== 'said' || known === undefined || !isCount(events, MOST_EVENTS)) return undefined;
  return { sis, outcome: known, events };
}

function isCount(value: unknown, most: number): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= most;
}
