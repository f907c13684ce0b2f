/** The two questions of a button's page, each with a fresh nonce: which answer, or which address. */
import type { ContactState } from '../connections/contacts/contacts.ts';
import { newNonce, type Stage, sealNonce } from '../connections/press/press-nonce.ts';
import { maskAddress } from '../kernel/address.ts';
import type { Ports } from '../kernel/ports.ts';
import { texts } from '../texts/catalogue.ts';
import type { PageAnswer } from './page.ts';
import { type PressLink, withParameter } from './press-link.ts';
import { addressPage, type Notice, questionPage } from './press-view.ts';

export function contactAt({ envelope, place }: PressLink): {
  readonly connection: string;
  readonly audience: string | null;
  readonly reference: string;
} {
  return {
    connection: envelope.connection ?? '',
    audience: envelope.audience,
    reference: place.reference ?? '',
  };
}

export function ask(
  ports: Ports,
  link: PressLink,
  contact: ContactState,
  stage: Stage,
  notice: Notice | null,
  status = 200,
): PageAnswer {
  const { shown, speech, token, place, action, envelope } = link;
  const nonce = newNonce(ports, stage, shown.record.state.revision);
  return questionPage({
    speech,
    shown,
    answer: envelope.answer,
    action,
    nonce: sealNonce(ports, { token, reference: place.reference }, nonce),
    address: contact.state === 'known' ? maskAddress(contact.address) : null,
    notice,
    otherHref: withParameter(action, 'who', 'other'),
    decoyHref: withParameter(action, 'more', nonce.id),
    status,
  });
}

export interface Typed {
  readonly email: string;
  readonly problem: string | null;
  readonly notice: Notice | null;
  readonly stage: Stage;
  readonly status?: number;
}

const UNTYPED: Typed = { email: '', problem: null, notice: null, stage: 'first' };

/** `plain`: the link knows nobody on purpose. `absent`: whom it knew is gone. `other`: "not you?" */
export function askAddress(
  ports: Ports,
  link: PressLink,
  why: 'plain' | 'absent' | 'other',
  { email, problem, notice, stage, status }: Typed = UNTYPED,
): PageAnswer {
  const { shown, speech, token, place, action } = link;
  const { press, pages } = texts(speech.language);
  const words = press.other;
  const nonce = newNonce(ports, stage, shown.record.state.revision);
  return addressPage({
    speech,
    shown,
    action,
    nonce: sealNonce(ports, { token, reference: place.reference }, nonce),
    title: why === 'absent' ? words.absentTitle : why === 'plain' ? pages.event.get : words.title,
    lead: { plain: words.plain, absent: words.absent, other: words.body }[why],
    promise: why === 'other' ? words.promise : null,
    backHref: why === 'other' ? action : null,
    email,
    problem,
    notice,
    ...(status === undefined ? {} : { status }),
  });
}
