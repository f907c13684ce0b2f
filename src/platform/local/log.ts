/** The log of one machine: a JSON line on standard error. Ids and figures only; an error's cause is told by name and code, never by its text. */
import type { Clock, Log, LogFields } from '../../kernel/ports.ts';

type Level = 'info' | 'warn' | 'error';

export function openLog(clock: Clock, write: (line: string) => void): Log {
  const line = (level: Level, message: string, fields: LogFields | undefined, cause?: unknown): void => {
    const time = new Date(clock.now()).toISOString();
    write(`${JSON.stringify({ time, level, message, ...fields, ...causeFields(cause) })}\n`);
  };
  return {
    info: (message, fields) => line('info', message, fields),
    warn: (message, fields) => line('warn', message, fields),
    error: (message, fields, cause) => line('error', message, fields, cause),
  };
}

/** A library's message may hold what a stranger wrote, so only its place in the code is kept. */
function causeFields(cause: unknown): LogFields {
  if (cause === undefined) return {};
  if (!(cause instanceof Error)) return { error: typeof cause };
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
  const frames = (cause.stack ?? '').split('\n').filter(frame => /^\s+at /.test(frame));
  return {
    error: cause.name,
    code,
    at: frames
      .slice(0, 4)
      .map(frame => frame.trim())
      .join(' < '),
  };
}
