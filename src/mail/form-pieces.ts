/** A text with blanks: cut where marks stand in it, and put together again with other words in their place. */

/** Text as it stands, then blanks, each with the text behind it. */
export interface Pieces<Name extends string> {
  readonly first: string;
  readonly others: readonly { readonly blank: Name; readonly text: string }[];
}

/** Marks are of letters, digits, colons, dashes and slashes. */
export function cutAt<Name extends string>(
  marks: Readonly<Record<Name, string>>,
  text: string,
): Pieces<Name> {
  const names = Object.keys(marks) as Name[];
  const [first = '', ...rest] = text.split(new RegExp(`(${names.map(name => marks[name]).join('|')})`));
  const others = rest.flatMap((mark, at) => {
    const blank = names.find(name => marks[name] === mark);
    return at % 2 === 1 || blank === undefined ? [] : [{ blank, text: rest[at + 1] ?? '' }];
  });
  return { first, others };
}

export function filledIn<Name extends string>(
  { first, others }: Pieces<Name>,
  words: Readonly<Record<Name, string>>,
): string {
  let text = first;
  for (const { blank, text: behind } of others) text += words[blank] + behind;
  return text;
}
