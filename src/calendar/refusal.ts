/** How the calendar core says no: a stable code, a sentence for the organizer, the line to blame. */
import { type Language, texts } from '../texts/catalogue.ts';
import type { Refusal, RefusalCode } from './event.ts';

export interface RefusalOf {
  readonly ok: false;
  readonly refusal: Refusal;
}

/** `detail` is what the sentence names: a value of the file, cut short; never an address. */
export function refusal(code: RefusalCode, line: number | null | undefined = null, detail = ''): Refusal {
  const cut = detail.slice(0, 120);
  const sentence = texts().refusals[code](cut);
  return { code, sentence, line: line ?? null, ...(detail === '' ? {} : { detail: cut }) };
}

/** What `sentence` says in English. */
export function refusalWords({ code, detail = '' }: Refusal, language: Language): string {
  return texts(language).refusals[code](detail);
}

export function refusalOf(code: RefusalCode, line: number | null | undefined = null, detail = ''): RefusalOf {
  return { ok: false, refusal: refusal(code, line, detail) };
}
