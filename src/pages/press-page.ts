/** `/r/<token>?c=<reference>`: where a campaign's button leads. Reading shows and counts; only a press acts, in `press-act.ts` (D9). */

import { askContact, type ContactState, contactOf } from '../connections/contacts/contacts.ts';
import { visitKind } from '../connections/press/clicks.ts';
import { noteVisit, type Visit } from '../connections/press/visit.ts';
import type { Ports } from '../kernel/ports.ts';
import { countAgainst } from '../kernel/rate.ts';
import { missingPage } from './messages.ts';
import { isReading, type PageAnswer, type PageRequest, queryOf } from './page.ts';
import { pressAct } from './press-act.ts';
import { ask, askAddress, contactAt } from './press-ask.ts';
import { instantPage } from './press-instant.ts';
import { decoyPage, expiredButtonPage, overPage, previewPage } from './press-kinds.ts';
import { networkKey, openPressLink, type PressLink } from './press-link.ts';
import { pressResult } from './press-result.ts';
import { speechOf } from './speech.ts';
import { waitFor } from './wait.ts';

export async function pressPage(ports: Ports, request: PageRequest, token: string): Promise<PageAnswer> {
  const opened = await openPressLink(ports, request, token);
  switch (opened.kind) {
    case 'missing':
      return missingPage(speechOf(request), 'link');
    case 'expired':
      return expiredButtonPage(speechOf(request), opened.shown);
    case 'open':
      return isReading(request) ? look(ports, request, opened.link) : pressAct(ports, request, opened.link);
  }
}

/** Counting needs nobody's patience on one machine; a function sleeps once it has answered. */
async function look(ports: Ports, request: PageRequest, link: PressLink): Promise<PageAnswer> {
  const decoy = isNonceId(queryOf(request).get('more'));
  const kind = decoy ? 'decoy' : visitKind(request.method, request.headers);
  const counted = count(ports, link, { kind, answer: link.envelope.answer });
  const page = decoy ? decoyPage(link) : await show(ports, request, link, kind === 'open');
  if (!ports.settings.local) await counted;
  return page;
}

async function count(ports: Ports, link: PressLink, visit: Visit): Promise<void> {
  try {
    await noteVisit(ports, link.place, visit);
  } catch (error) {
    ports.log.warn('visit not counted', { event: link.envelope.event });
    if (!ports.settings.local) throw error;
  }
}

async function show(
  ports: Ports,
  request: PageRequest,
  link: PressLink,
  mayAsk: boolean,
): Promise<PageAnswer> {
  const { reader, shown } = link;
  const query = queryOf(request);
  const { status } = shown.view;
  if (status === 'cancelled' || status === 'ended') return overPage(link, status);
  if (reader.kind === 'unsent') return previewPage(link);
  if (reader.kind === 'none') return askAddress(ports, link, 'plain');
  if (reader.kind === 'odd') return askAddress(ports, link, 'absent');
  const press = query.get('press');
  if (press !== null && isNonceId(press)) return pressResult(ports, request, link, press, false);
  if (query.get('who') === 'other') return askAddress(ports, link, 'other');
  const instant = mayAsk ? await instantPage(ports, request, link) : undefined;
  if (instant !== undefined) return instant;
  const contact = await contactShown(ports, request, link, mayAsk);
  if (contact.state === 'absent') return askAddress(ports, link, 'absent');
  return ask(ports, link, contact, 'first', null);
}

/** A first visit waits a moment for the platform's word on who this is; without it the page says so in general. */
async function contactShown(
  ports: Ports,
  request: PageRequest,
  link: PressLink,
  mayAsk: boolean,
): Promise<ContactState> {
  const at = contactAt(link);
  const known = await contactOf(ports, at);
  if (!mayAsk || (known.state !== 'unknown' && known.state !== 'asked')) return known;
  if (known.state === 'unknown') {
    const { LOOKUPS_PER_NETWORK_MINUTE: limit } = ports.settings.limits;
    // Whoever makes up references must not make us ask the platform for each.
    const key = networkKey('lookup', request.network);
    if (!(await countAgainst(ports, [{ key, seconds: 60, limit }])).ok) return known;
    const asked = await askContact(ports, at);
    if (asked.state !== 'asked') return asked;
  }
  const told = await waitFor(request, ports.settings.limits.CONTACT_WAIT_MS, async () => {
    const state = await contactOf(ports, at);
    return state.state === 'asked' || state.state === 'unknown' ? undefined : state;
  });
  return told ?? known;
}

function isNonceId(text: string | null): boolean {
  return text !== null && /^[a-z2-7]{26}$/.test(text);
}
