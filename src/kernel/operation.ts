/**
 * One call of the API, declared once: the schemas that check a request also describe it in `openapi.json`.
 * Rooms declare operations in their `routes.ts`; only `platform/http.ts` knows how they travel.
 */
import type { z } from 'zod';
import type { Page, Ports } from './ports.ts';

/** Who asks. The workspace comes from the key or session, never from the request (D13). */
export type Principal =
  | {
      readonly kind: 'operator';
      /** Id of the session, where it is no key. */
      readonly session?: string;
    }
  | {
      readonly kind: 'workspace';
      readonly workspace: string;
      /** Id of the API key, or of the session. */
      readonly key: string;
    };

export interface Asked<P, Q, B> {
  readonly principal: Principal;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
}

export type Answered =
  | { readonly status: number; readonly json: unknown }
  | { readonly status: 204 }
  | {
      readonly status: number;
      readonly contentType: string;
      readonly filename: string;
      readonly chunks: AsyncIterable<string>;
    };

export interface AnswerDescription {
  readonly description: string;
  /** JSON answers have a schema, others a content type. */
  readonly schema?: z.ZodType;
  readonly contentType?: string;
}

export interface Operation {
  readonly method: 'get' | 'post' | 'delete';
  /** Below `/api/v1`, with `:name` for parameters. */
  readonly path: string;
  readonly summary: string;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  readonly answers: { readonly [status: number]: AnswerDescription };
  readonly run: (ports: Ports, asked: Asked<unknown, unknown, unknown>) => Promise<Answered>;
}

type Checked<S> = S extends z.ZodType ? z.output<S> : undefined;

/** Ties `run` to what the schemas let through; the platform checks before it calls. */
export function operation<
  P extends z.ZodType | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(
  spec: Omit<Operation, 'params' | 'query' | 'body' | 'run'> & {
    readonly params?: P;
    readonly query?: Q;
    readonly body?: B;
    readonly run: (ports: Ports, asked: Asked<Checked<P>, Checked<Q>, Checked<B>>) => Promise<Answered>;
  },
): Operation {
  return spec as unknown as Operation;
}

/** The workspace whose rows a principal may see: null for the operator, who sees all. */
export function workspaceOf(principal: Principal): string | null {
  return principal.kind === 'workspace' ? principal.workspace : null;
}

/** A page of a list as every list call answers it. */
export function listed<T>(page: Page<T>): Answered {
  return { status: 200, json: { items: page.items, next: page.cursor ?? null } };
}
