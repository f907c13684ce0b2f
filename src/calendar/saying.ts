/** A change as facts that any language can say (`saying-words.ts`). It is stored with its event: what stands in a name here stays. */

/** A day of a wall clock; the year is said only where it is not understood. */
export interface SaidDay {
  readonly local: number;
  readonly year: boolean;
}

export interface SaidMoment extends SaidDay {
  readonly time: boolean;
}

/** RRULE, the wall clock of the start and of the end. */
export interface SaidRule {
  readonly rule: string;
  readonly start: number;
  readonly until: number | null;
}

type Alone =
  | 'created'
  | 'cancelled'
  | 'revived'
  | 'repeatsNoMore'
  | 'extraDates'
  | 'times'
  | 'confirmed'
  | 'tentative'
  | 'titleGone'
  | 'placeGone'
  | 'join'
  | 'joinNow'
  | 'joinGone'
  | 'description'
  | 'link';

export type Saying =
  | { readonly say: Alone }
  | { readonly say: 'createdDate' | 'cancelledDate' | 'revivedDate'; readonly day: SaidDay }
  | {
      readonly say: 'moved';
      readonly from: SaidMoment;
      readonly to: SaidMoment;
      readonly zone: string | null;
    }
  /** Milliseconds. */
  | { readonly say: 'lasts'; readonly after: number; readonly before: number }
  | { readonly say: 'rule'; readonly rules: readonly SaidRule[] }
  | { readonly say: 'zone' | 'title' | 'place'; readonly before: string; readonly after: string }
  | { readonly say: 'titleNow' | 'placeNow'; readonly after: string }
  | { readonly say: 'restored'; readonly days: readonly SaidDay[] }
  | { readonly say: 'reset'; readonly count: number }
  | { readonly say: 'ofDate'; readonly day: SaidDay; readonly of: Saying };
