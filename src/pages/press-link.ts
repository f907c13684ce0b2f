/** What a request for `/r/<token>` says: the envelope, the event it is for, and whom the platform filled in. */
import { createHash } from 'node:crypto';
import { isPlaceholder } from '../../connectors/merge-tags.ts';
import { type Envelope, openEnvelope } from '../connections/button/envelope.ts';
import { openContactToken } from '../connections/press/instant-token.ts';
import type { Place } from '../connections/press/visit.ts';
import type { Ports } from '../kernel/ports.ts';
import { type PageRequest, pathOf, queryOf } from './page.ts';
import { type ShownEvent, shownEvent } from './shown-event.ts';
import { inSpeech, type Speech } from './speech.ts';

/** `unsent`: the platform never filled the tag in. `odd`: no reference can look so. `none`: the link knows nobody on purpose. */
export type Reader =
  /** `token`: his own, proven (instant mode). */
  | { readonly kind: 'contact'; readonly reference: string; readonly token: string | null }
  | { readonly kind: 'unsent' | 'odd' | 'none' };

export interface PressLink {
  readonly token: string;
  readonly envelope: Envelope;
  readonly shown: ShownEvent;
  readonly speech: Speech;
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
  const shown = await shownEvent(ports, request, envelope.event);
  const own = shown?.record.workspace === envelope.workspace ? shown : undefined;
  if (!opened.ok) return { kind: 'expired', shown: own };
  if (own === undefined) return { kind: 'missing' };
  const reader = readerOf(ports, envelope, queryOf(request));
  const reference = reader.kind === 'contact' ? reader.reference : null;
  const { workspace, event, connection } = envelope;
  const place: Place = { workspace, event, connection, reference };
  const path = actionOf(pathOf(request), reader);
  const speech = { ...own.speech, path };
  const action = inSpeech(speech, path);
  return { kind: 'open', link: { token, envelope, shown: own, speech, reader, place, action } };
}

function actionOf(path: string, reader: Reader): string {
  if (reader.kind !== 'contact') return path;
  const [name, value] = reader.token === null ? ['c', reader.reference] : ['t', reader.token];
  return `${path}?${name}=${encodeURIComponent(value)}`;
}

function readerOf(
  ports: Pick<Ports, 'keys' | 'settings'>,
  envelope: Envelope,
  query: URLSearchParams,
): Reader {
  const { connection, workspace, audience } = envelope;
  if (connection === null) return { kind: 'none' };
  const tokens = filledIn(query, 't');
  if (tokens.length > 0) {
    const token = tokens.find(text => !isPlaceholder(text));
    // Who joined after tokens were last written has none: then he says who he is.
    if (token === undefined) return { kind: tokens.every(text => text === '') ? 'none' : 'unsent' };
    const reference = openContactToken(ports, { workspace, connection, audience }, token);
    return reference === undefined ? { kind: 'odd' } : { kind: 'contact', reference, token };
  }
  const reference = filledIn(query, 'c').find(text => !isPlaceholder(text));
  if (reference === undefined) return { kind: 'unsent' };
  const fits = reference.length <= ports.settings.limits.REFERENCE_CHARS && REFERENCE.test(reference);
  return fits ? { kind: 'contact', reference, token: null } : { kind: 'odd' };
}

/** The first one that a platform filled in counts; mail programs write `&amp;` where they shouldn't. */
function filledIn(query: URLSearchParams, name: string): readonly string[] {
  return [...query.getAll(name), ...query.getAll(`amp;${name}`)].map(text =>
    text.replace(WRAPPING, '').trim(),
  );
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
