/** Errors as RFC 9457 problem details. The only place that knows which error is which status. */
import type { Response } from 'express';
import {
  ConflictError,
  DeniedError,
  InputError,
  LimitError,
  MissingError,
  SisError,
  UpstreamError,
} from '../../kernel/errors.ts';

export interface Problem {
  readonly type: 'about:blank';
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  /** Stable: programs may rely on it. */
  readonly code: string;
  /** The field to blame: a name or a JSON pointer. */
  readonly field?: string;
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  413: 'Too large',
  415: 'Unsupported content',
  422: 'Not processable',
  429: 'Too many requests',
  500: 'Our fault',
  502: 'Another system failed',
};

export function problem(status: number, code: string, detail: string, field?: string): Problem {
  return {
    type: 'about:blank',
    status,
    title: TITLES[status] ?? 'Error',
    detail,
    code,
    ...(field === undefined ? {} : { field }),
  };
}

export function problemOf(error: unknown): Problem {
  if (error instanceof InputError)
    return problem(statusOfInput(error.code), error.code, error.message, error.field);
  if (error instanceof DeniedError)
    return problem(error.code === 'no_key' ? 401 : 403, error.code, error.message);
  if (error instanceof MissingError) return problem(404, error.code, error.message);
  if (error instanceof ConflictError) return problem(409, error.code, error.message);
  if (error instanceof LimitError) return problem(429, error.code, error.message);
  if (error instanceof UpstreamError) return problem(502, error.code, error.message);
  if (error instanceof SisError) return problem(500, error.code, error.message);
  return problem(500, 'internal', 'Something went wrong on our side. It has been noted.');
}

/** Input that is understood but can't be processed is 422, a body of another kind 415, one too large 413; the rest is 400. */
function statusOfInput(code: string): number {
  if (code === 'idempotency_mismatch' || code === 'recipient_limit') return 422;
  if (code === 'unsupported_content') return 415;
  if (code === 'too_large') return 413;
  return 400;
}

export function sendProblem(
  response: Response,
  details: Problem,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.status(details.status).set(headers).type('application/problem+json').send(JSON.stringify(details));
}
