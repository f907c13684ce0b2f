/** The log on AWS: Powertools JSON lines. Ids and figures only; an error's cause is told by name, code and place, never by its text (P15). */
import { Logger } from '@aws-lambda-powertools/logger';
import type { Log, LogFields } from '../../kernel/ports.ts';

const FRAMES = 4;

export function lambdaLog(service: string): Log {
  const logger = new Logger({ serviceName: service, logLevel: 'INFO' });
  return {
    info: (message, fields) => logger.info(message, { ...fields }),
    warn: (message, fields) => logger.warn(message, { ...fields }),
    error: (message, fields, cause) => logger.error(message, { ...fields, ...causeFields(cause) }),
  };
}

function causeFields(cause: unknown): LogFields {
  if (cause === undefined) return {};
  if (!(cause instanceof Error)) return { cause: typeof cause };
  const code: unknown = Reflect.get(cause, 'code');
  const frames = (cause.stack ?? '').split('\n').filter(line => /^\s+at /.test(line));
  return {
    cause: cause.name,
    ...(typeof code === 'string' && { code }),
    at: frames
      .slice(0, FRAMES)
      .map(line => line.trim())
      .join(' < '),
  };
}
