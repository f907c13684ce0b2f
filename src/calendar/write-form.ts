/**
 * An invite as a form: the content lines that are the same for everybody, folded once, and a blank for each line that is one person's
 * own. Lines are told apart by their property: nothing that a stranger wrote can begin a line (`content-text.ts`).
 */
import { fold, textValue } from './content-text.ts';
import { type Guest, guestLine } from './write-sheet.ts';
import { basic } from './write-times.ts';

export interface FormPerson {
  readonly uid: string;
  readonly sequence: number;
  readonly dtstamp: string;
  readonly attendee: Guest;
}

/** What a line is that differs from person to person; SEQUENCE is told apart by what it is at least: a changed date's own. */
type Blank = 'UID' | 'DTSTAMP' | 'ATTENDEE' | number;

export interface Form {
  /** Up to the first blank: one string for all. */
  readonly start: string;
  readonly rest: readonly { readonly blank: Blank; readonly text: string }[];
}

/** An object in two, see `Form`. */
export interface Filled {
  readonly start: string;
  readonly rest: string;
}

/** Of lines written for nobody in particular, under SEQUENCE 0. */
export function formOf(lines: readonly string[]): Form {
  let start = '';
  const rest: { blank: Blank; text: string }[] = [];
  for (const line of lines) {
    const blank = blankOf(line);
    const last = rest.at(-1);
    if (blank !== null) rest.push({ blank, text: '' });
    else if (last === undefined) start += `${fold(line)}\r\n`;
    else last.text += `${fold(line)}\r\n`;
  }
  return { start: flat(start), rest };
}

/** Put together once, not each time that it is read. */
function flat(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}

function blankOf(line: string): Blank | null {
  const property = /^(?:UID|DTSTAMP|SEQUENCE|ATTENDEE)(?=[:;])/.exec(line)?.[0];
  if (property === 'SEQUENCE') return Number(line.slice('SEQUENCE:'.length));
  return (property as Exclude<Blank, number> | undefined) ?? null;
}

export function filled({ start, rest }: Form, { uid, sequence, dtstamp, attendee }: FormPerson): Filled {
  const lines = {
    UID: `${fold(`UID:${textValue(uid)}`)}\r\n`,
    DTSTAMP: `${fold(`DTSTAMP:${basic(dtstamp)}`)}\r\n`,
    ATTENDEE: `${fold(guestLine(attendee))}\r\n`,
  };
  let text = '';
  for (const { blank, text: behind } of rest) {
    text +=
      typeof blank === 'number'
        ? `SEQUENCE:${Math.max(sequence, blank)}\r\n${behind}`
        : lines[blank] + behind;
  }
  return { start, rest: text };
}
