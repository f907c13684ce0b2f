/** API shapes of parked work. */
import { z } from 'zod';

export const parkedSchema = z
  .object({
    id: z.string(),
    at: z.string(),
    workspace: z.string().nullable(),
    event: z.string().nullable(),
    kind: z.string(),
    reason: z.string(),
    sentence: z.string().nullable(),
    attempts: z.int(),
    state: z.enum(['parked', 'replayed']),
  })
  .meta({ id: 'Parked' });
