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

interface Blank {
  readonly property: 'UID' | 'DTSTAMP' | 'SEQUENCE' | 'ATTENDEE';
  /** What a SEQUENCE is at least: a changed date's own. */
  readonly least: number;
}

export type Form = readonly (string | Blank)[];

/** Of lines written for nobody in particular, under SEQUENCE 0. */
export function formOf(lines: readonly string[]): Form {
  const form: (string | Blank)[] = [];
  let text = '';
  for (const line of lines) {
    const blank = blankOf(line);
    if (blank === null) {
      text += `${fold(line)}\r\n`;
    } else {
      form.push(text, blank);
      text = '';
    }
  }
  return [...form, text];
}

function blankOf(line: string): Blank | null {
  const property = /^(?:UID|DTSTAMP|SEQUENCE|ATTENDEE)(?=[:;])/.exec(line)?.[0] as
    | Blank['property']
    | undefined;
  if (property === undefined) return null;
  return { property, least: property === 'SEQUENCE' ? Number(line.slice('SEQUENCE:'.length)) : 0 };
}

export function filled(form: Form, { uid, sequence, dtstamp, attendee }: FormPerson): string {
  const lines = {
    UID: `${fold(`UID:${textValue(uid)}`)}\r\n`,
    DTSTAMP: `${fold(`DTSTAMP:${basic(dtstamp)}`)}\r\n`,
    ATTENDEE: `${fold(guestLine(attendee))}\r\n`,
  };
  let text = '';
  for (const piece of form) {
    if (typeof piece === 'string') text += piece;
    else if (piece.property === 'SEQUENCE') text += `SEQUENCE:${Math.max(sequence, piece.least)}\r\n`;
    else text += lines[piece.property];
  }
  return text;
}
