/** OpenAPI 3.1 out of the operations: the same zod schemas that check requests describe them. */
import { z } from 'zod';
import type { AnswerDescription, Operation } from '../../kernel/operation.ts';
import { SESSION_COOKIE } from '../../organizers/cookie.ts';

type JsonObject = Record<string, unknown>;

const problemSchema = z
  .object({
    type: z.string(),
    status: z.int(),
    title: z.string(),
    detail: z.string(),
    code: z.string().describe('Stable: programs may rely on it.'),
    field: z.string().optional(),
  })
  .meta({ id: 'Problem' });

export function openApi(operations: readonly Operation[], baseUrl: string): JsonObject {
  const paths: Record<string, JsonObject> = {};
  for (const operation of operations) {
    const path = operation.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [operation.method]: describe(operation) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Simple Invite Service',
      version: '1',
      description: 'Events that organizers invited to create@, the people who hold them, and their answers.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: `${baseUrl}/api/v1` }],
    security: [{ key: [] }, { session: [] }],
    paths,
    components: {
      schemas: components(operations),
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: SESSION_COOKIE,
          description: 'A signed-in browser. Writes must come with the Origin of this service.',
        },
      },
    },
  };
}

function describe(operation: Operation): JsonObject {
  return {
    summary: operation.summary,
    operationId: `${operation.method}${operation.path.replace(/[/:.]+(\w)?/g, (_, letter: string | undefined) => (letter ?? '').toUpperCase())}`,
    parameters: [
      ...parameters(operation.params, 'path'),
      ...parameters(operation.query, 'query'),
      ...(operation.method === 'post'
        ? [
            {
              name: 'Idempotency-Key',
              in: 'header',
              required: false,
              schema: { type: 'string', maxLength: 255 },
            },
          ]
        : []),
    ],
    ...(operation.body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: schemaOf(operation.body, 'input') } },
          },
        }),
    responses: {
      ...Object.fromEntries(
        Object.entries(operation.answers).map(([status, answer]) => [status, response(answer)]),
      ),
      default: {
        description: 'What went wrong, as problem details (RFC 9457).',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

function response(answer: AnswerDescription): JsonObject {
  if (answer.schema !== undefined) {
    return {
      description: answer.description,
      content: { 'application/json': { schema: schemaOf(answer.schema, 'output') } },
    };
  }
  if (answer.contentType !== undefined) {
    return {
      description: answer.description,
      content: { [answer.contentType]: { schema: { type: 'string' } } },
    };
  }
  return { description: answer.description };
}

function parameters(schema: z.ZodType | undefined, place: 'path' | 'query'): JsonObject[] {
  if (schema === undefined) return [];
  const { properties, required } = schemaOf(schema, 'input') as {
    properties?: Record<string, JsonObject>;
    required?: string[];
  };
  return Object.entries(properties ?? {}).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: required?.includes(name) ?? false,
    ...(description === undefined ? {} : { description }),
    schema: rest,
  }));
}

/** A schema with an id becomes a reference; `components` holds it. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): JsonObject {
  const {
    $schema: _schema,
    $defs: _defs,
    ...rest
  } = z.toJSONSchema(schema, { io, ...REFERENCES }) as JsonObject;
  const id = schema.meta()?.id;
  return typeof id === 'string' ? { $ref: `#/components/schemas/${id}` } : rewritten(rest);
}

const REFERENCES = { unrepresentable: 'any' } as const;

function components(operations: readonly Operation[]): JsonObject {
  const found: Record<string, JsonObject> = {};
  const gather = (schema: z.ZodType | undefined, io: 'input' | 'output') => {
    if (schema === undefined) return;
    const { $defs, $schema: _schema, ...own } = z.toJSONSchema(schema, { io, ...REFERENCES }) as JsonObject;
    const id = schema.meta()?.id;
    if (typeof id === 'string') found[id] = rewritten(own);
    for (const [name, definition] of Object.entries(($defs ?? {}) as Record<string, JsonObject>)) {
      found[name] = rewritten(definition);
    }
  };
  gather(problemSchema, 'output');
  for (const operation of operations) {
    gather(operation.body, 'input');
    for (const answer of Object.values(operation.answers)) gather(answer.schema, 'output');
  }
  return found;
}

/** zod points to `#/$defs/X` of the one schema; a description has all of them in one place. */
function rewritten(schema: JsonObject): JsonObject {
  const { id: _id, ...rest } = JSON.parse(
    JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/'),
  ) as JsonObject;
  return rest;
}
