/** What every language has to say, taken from the English texts: the same names, strings for strings, functions of the same arguments. */
import type { en } from './en/index.ts';

type Shape<T> = T extends string
  ? string
  : T extends (...told: infer Told) => infer Said
    ? (...told: Told) => Shape<Said>
    : T extends readonly (infer Item)[]
      ? readonly Shape<Item>[]
      : T extends object
        ? { readonly [Name in keyof T]: Shape<T[Name]> }
        : T;

export type Texts = Shape<typeof en>;

/** The areas that recipients and organizers meet on pages and in mails. The dashboard, the sandbox and the API's answers speak English. */
export type Translation = Pick<
  Texts,
  | 'buttons'
  | 'calendar'
  | 'face'
  | 'guard'
  | 'intake'
  | 'invites'
  | 'mail'
  | 'pages'
  | 'press'
  | 'reconnect'
  | 'refusals'
  | 'rsvp'
  | 'signin'
  | 'upcoming'
>;
