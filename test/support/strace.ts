/** A record of `strace -f -ttt -yy`, call by call: calls that another thread interrupted are put together again. */

export interface Call {
  readonly name: string;
  /** Arguments and result as strace shows them. */
  readonly text: string;
  /** Lines of the record: where the call began and where it returned. */
  readonly begun: number;
  readonly returned: number;
  /** Seconds, when it began. */
  readonly at: number;
  readonly ok: boolean;
  /** File of the first descriptor, or both ends of its connection. */
  readonly path: string;
  readonly socket: boolean;
  /** Path arguments. */
  readonly names: readonly string[];
}

const LINE = /^(\d+) +(\d+\.\d+) (.*)$/;
const RESUMED = /^<\.\.\. \w+ resumed>/;
const UNFINISHED = /<unfinished \.\.\.>$/;

interface Begun {
  readonly text: string;
  readonly line: number;
  readonly at: number;
}

/** In the order in which they began. */
export function readTrace(record: string): readonly Call[] {
  const calls: Call[] = [];
  const open = new Map<string, Begun>();
  for (const [line, whole] of record.split('\n').entries()) {
    const [, thread = '', at = '', text = ''] = LINE.exec(whole) ?? [];
    if (RESUMED.test(text)) {
      const begun = open.get(thread);
      open.delete(thread);
      if (begun !== undefined) calls.push(...callOf(begun, text.replace(RESUMED, ''), line));
    } else if (UNFINISHED.test(text)) {
      open.set(thread, { text: text.replace(UNFINISHED, ''), line, at: Number(at) });
    } else {
      calls.push(...callOf({ text, line, at: Number(at) }, '', line));
    }
  }
  return calls.sort((one, other) => one.begun - other.begun);
}

/** None for signals and ends of threads. */
function callOf(begun: Begun, rest: string, returned: number): readonly Call[] {
  const text = `${begun.text}${rest}`;
  const [, name] = /^(\w+)\(/.exec(text) ?? [];
  if (name === undefined) return [];
  const path = /^\w+\(\d+<(.*?)>[,)]/.exec(text)?.[1] ?? '';
  const result = /\) += (-?\d+)[^"]*$/.exec(text)?.[1];
  return [
    {
      name,
      text,
      begun: begun.line,
      returned,
      at: begun.at,
      ok: result !== undefined && Number(result) >= 0,
      path,
      socket: /^(?:TCP|UNIX|socket)/.test(path),
      names: name.startsWith('rename')
        ? [...text.matchAll(/"([^"]*)"/g)].map(([, inside = '']) => inside)
        : [],
    },
  ];
}
