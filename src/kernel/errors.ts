/**
 * The six error kinds. Anything else that is thrown is a bug. Outcomes (stale, duplicate, suppressed) are not errors.
 * Only `platform/http.ts` knows status codes; only the job runner decides to retry.
 */
export abstract class SisError extends Error {
  /** Stable, snake_case: what a program may rely on. */
  readonly code: string;

  /** `message` is a safe sentence: no address, token or body. */
  constructor(code: string, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.name = new.target.name;
  }
}

/** What came in does not fit. */
export class InputError extends SisError {
  /** The field's name or JSON pointer, where one is to blame. */
  readonly field: string | undefined;

  constructor(code: string, message: string, options: { field?: string; cause?: unknown } = {}) {
    super(code, message, options.cause);
    this.field = options.field;
  }
}

/** Whoever asks may not. */
export class DeniedError extends SisError {}

/** There is no such thing, or it is somebody else's: the two look the same. */
export class MissingError extends SisError {}

/** It fits, but not with what is there. */
export class ConflictError extends SisError {}

/** Somebody may ask again later. */
export class LimitError extends SisError {
  readonly retryAfterSeconds: number;

  constructor(code: string, message: string, retryAfterSeconds: number) {
    super(code, message);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Another system failed. */
export class UpstreamError extends SisError {
  readonly retryAfterMs: number | undefined;

  constructor(code: string, message: string, options: { retryAfterMs?: number; cause?: unknown } = {}) {
    super(code, message, options.cause);
    this.retryAfterMs = options.retryAfterMs;
  }
}
