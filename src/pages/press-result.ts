/** What became of a press of this link, or how far it is: to read only. */
import { contactOf } from '../connections/contacts/contacts.ts';
import { type PressOutcome, pressOf } from '../connections/press/press.ts';
import { newNonce, sealNonce } from '../connections/press/press-nonce.ts';
import { placeHash } from '../connections/press/visit.ts';
import { pageUrl } from '../events/event.ts';
import { maskAddress } from '../kernel/address.ts';
import type { Ports } from '../kernel/ports.ts';
import type { PageAnswer, PageRequest } from './page.ts';
import { ask, askAddress, contactAt } from './press-ask.ts';
import { donePage, progressPage } from './press-done-view.ts';
import { overPage } from './press-kinds.ts';
import { type PressLink, withParameter } from './press-link.ts';
import { waitFor } from './wait.ts';

/** `patient`: the one who pressed waits a moment. */
export async function pressResult(
  ports: Ports,
  request: PageRequest,
  link: PressLink,
  id: string,
  patient: boolean,
): Promise<PageAnswer> {
  const look = async () => {
    const press = await pressOf(ports, id);
    return press === undefined || press.outcome !== null || press.waits !== null ? { press } : undefined;
  };
  const found = patient ? await waitFor(request, ports.settings.limits.PRESS_WAIT_MS, look) : undefined;
  const press = found?.press ?? (await pressOf(ports, id));
  const contact = await contactOf(ports, contactAt(link));
  if (press?.hash !== placeHash(link.place) || isUnsettled(press.outcome))
    return ask(ports, link, contact, 'first', null);
  const { outcome, answer, waits } = press;
  const { shown, speech, token, place, action, envelope } = link;
  const said = answer === 'none' ? settled(envelope.answer) : answer;
  if (outcome === null)
    return progressPage({ shown, speech, answer: said, waits, href: withParameter(action, 'press', id) });
  if (outcome === 'cancelled' || outcome === 'ended') return overPage(link, outcome);
  if (outcome === 'no_contact') return askAddress(ports, link, 'absent');
  const nonce = newNonce(ports, 'change', shown.record.state.revision);
  return donePage({
    shown,
    speech,
    answer: said,
    outcome,
    action,
    nonce: sealNonce(ports, { token, reference: place.reference }, nonce),
    address: contact.state === 'known' ? maskAddress(contact.address) : null,
    otherHref: withParameter(action, 'who', 'other'),
    pageUrl: pageUrl(ports.settings, shown.record),
  });
}

function isUnsettled(outcome: PressOutcome | null): boolean {
  return outcome === 'provisional' || outcome === 'other_address';
}

function settled(answer: PressLink['envelope']['answer']): 'yes' | 'no' | 'maybe' {
  return answer === 'ask' ? 'yes' : answer;
}
