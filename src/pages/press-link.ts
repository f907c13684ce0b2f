/** What a request for `/r/<token>` says: the envelope, the event it is for, and whom the platform filled in. */
import { createHash } from 'node:crypto';
import { isPlaceholder } from '../../connectors/merge-tags.ts';
import { type Envelope, openEnvelope } from '../connections/envelope.ts';
import type { Place } from '../connections/visit.ts';
import type { Ports } from '../kernel/ports.ts';
import { type PageRequest, pathOf, queryOf } from './page.ts';
import { type ShownEvent, shownEvent } from './shown-event.ts';

/** `unsent`: the platform never filled the tag in. `odd`: no reference can look so. `none`: the link knows nobody on purpose. */
export type Reader =
  | { readonly kind: 'contact'; readonly reference: string }
  | { readonly kind: 'unsent' | 'odd' | 'none' };

export interface PressLink {
  readonly token: string;
  readonly envelope: Envelope;
  readonly shown: ShownEvent;
  readonly reader: Reader;
  readonly place: Place;
  /** Where the page's own forms and links go: nothing that others hung on the link comes along. */
  readonly action: string;
}

export type OpenedPressLink =
  | { readonly kind: 'missing' }
  | { readonly kind: 'expired'; readonly shown: ShownEvent | undefined }
  | { readonly kind: 'open'; readonly link: PressLink };

const REFERENCE = /^[A-Za-z0-9_-]+$/;
const WRAPPING = /[.,;:!?>)\]'"\s]+$/;

export async function openPressLink(
  ports: Ports,
  request: PageRequest,
  token: string,
): Promise<OpenedPressLink> {
  const opened = await openEnvelope(ports, token);
  if (!opened.ok && opened.reason === 'damaged') return { kind: 'missing' };
  const { envelope } = opened;
  const shown = await shownEvent(ports, envelope.event);
  const own = shown?.record.workspace === envelope.workspace ? shown : undefined;
  if (!opened.ok) return { kind: 'expired', shown: own };
  if (own === undefined) return { kind: 'missing' };
  const reader = readerOf(envelope, queryOf(request), ports.settings.limits.REFERENCE_CHARS);
  const reference = reader.kind === 'contact' ? reader.reference : null;
  const { workspace, event, connection } = envelope;
  const place: Place = { workspace, event, connection, reference };
  const action =
    reference === null ? pathOf(request) : `${pathOf(request)}?c=${encodeURIComponent(reference)}`;
  return { kind: 'open', link: { token, envelope, shown: own, reader, place, action } };
}

/** The first `c` that a platform filled in counts; mail programs write `&amp;` where they shouldn't. */
function readerOf(envelope: Envelope, query: URLSearchParams, longest: number): Reader {
  if (envelope.connection === null) return { kind: 'none' };
  const given = [...query.getAll('c'), ...query.getAll('amp;c')].map(text =>
    text.replace(WRAPPING, '').trim(),
  );
  const filled = given.find(text => !isPlaceholder(text));
  if (filled === undefined) return { kind: 'unsent' };
  return filled.length <= longest && REFERENCE.test(filled)
    ? { kind: 'contact', reference: filled }
    : { kind: 'odd' };
}

export function withParameter(action: string, name: string, value: string): string {
  return `${action}${action.includes('?') ? '&' : '?'}${name}=${value}`;
}

/** What limits count a visitor's network under. */
export function networkKey(what: string, network: string | null): string {
  return `${what}:${createHash('sha256')
    .update(network ?? '')
    .digest('hex')
    .slice(0, 32)}`;
}
