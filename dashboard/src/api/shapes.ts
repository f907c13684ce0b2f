/** What the API answers, from the schemas that check it. Types only: none of that code comes along. */
import type { z } from 'zod';
import type {
  audienceSchema,
  connectionSchema,
  healthSchema,
  platformSchema,
  problemSchema,
} from '../../../src/connections/account/schema.ts';
import type { pageOptionsSchema, upcomingSchema } from '../../../src/invites/page-schema.ts';
import type { vipAnswerSchema } from '../../../src/invites/schema.ts';
import type {
  memberSchema,
  openSessionSchema,
  sessionSchema,
  workspaceSchema,
} from '../../../src/organizers/session-schema.ts';
import type { eventSchema, inviteSchema } from '../../../src/reports/schema.ts';

export type Event = z.output<typeof eventSchema>;
export type Invite = z.output<typeof inviteSchema>;
export type VipAnswer = z.output<typeof vipAnswerSchema>;
export type Session = z.output<typeof sessionSchema>;
export type Workspace = z.output<typeof workspaceSchema>;
export type OpenSession = z.output<typeof openSessionSchema>;
export type Member = z.output<typeof memberSchema>;

export type Audience = z.output<typeof audienceSchema>;
export type Connection = z.output<typeof connectionSchema>;
export type ConnectionHealth = z.output<typeof healthSchema>;
export type Platform = z.output<typeof platformSchema>;
export type ConnectProblem = z.output<typeof problemSchema>;

export interface PageOf<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/** `POST /events/:id/buttons`. */
export interface MadeButtons {
  readonly html: string;
  readonly text: string;
  readonly links: Readonly<Record<string, string>>;
  readonly expiresAt: string | null;
  readonly saved: { readonly id: string; readonly place: 'universal_content' | 'saved_template' } | null;
}

/** `/brand`. */
export interface Brand {
  readonly name: string | null;
  readonly color: string;
  readonly textColor: string;
  readonly language: string;
  readonly logo: { readonly path: string; readonly width: number; readonly height: number } | null;
}

/** `/events/:id/page`. */
export type EventPageOptions = z.output<typeof pageOptionsSchema>;
/** `/upcoming`. */
export type UpcomingOptions = z.output<typeof upcomingSchema>;
/** `/events/:id/capacity`. */
export interface Capacity {
  readonly capacity: number | null;
  readonly taken: number;
  readonly waiting: number;
}

/** A page as it would be: `/events/:id/page/preview`, `/upcoming/preview`. */
export interface Drawn {
  readonly html: string;
  readonly css: string;
}

/** `/names`. */
export interface Names {
  readonly tag: string;
  readonly example: string;
}

/** `POST /events/:id/audiences` begins it, `/audience-runs/:id` tells how far it is. */
export interface AudienceRun {
  readonly id: string;
  readonly state: 'running' | 'waiting' | 'done' | 'failed';
  readonly dryRun: boolean;
  readonly counts: Readonly<Record<string, number>>;
  readonly skipped: Readonly<Record<string, number>>;
  readonly problem: string | null;
}
