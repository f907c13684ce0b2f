/** What a mail of ours says, before it is drawn: texts and links in blocks, never markup. */

export interface MailLink {
  readonly label: string;
  readonly url: string;
}

export interface MailButton extends MailLink {
  /** `quiet` has an outline only, for the lesser choice. */
  readonly tone?: 'primary' | 'quiet';
}

export type Block =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  | ({ readonly kind: 'button' } & MailButton)
  | { readonly kind: 'buttons'; readonly buttons: readonly MailButton[] }
  | ({ readonly kind: 'link' } & MailLink)
  /** Set apart: what a reader must not miss. */
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** Another person's words, line breaks kept. */
  | { readonly kind: 'quote'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'facts'; readonly facts: readonly Fact[] };

/** Label and value; a value that is a web address becomes a link, its line breaks are kept. */
export type Fact = readonly [label: string, value: string];

export interface MailContent {
  /** BCP 47. */
  readonly language: string;
  /** What an inbox shows behind the subject. */
  readonly preheader: string;
  readonly title: string;
  readonly brand: { readonly name: string };
  readonly lead?: string;
  readonly facts?: readonly Fact[];
  readonly blocks: readonly Block[];
  readonly footer: readonly (string | MailLink)[];
}
