/** Contacts as the account's owner sees them, and what one of them may do: leave, come back, bounce, move, be merged. */
import { type Html, html } from '../../../../pages/html.ts';
import { messagePage } from '../../../../pages/messages.ts';
import { formOf, type PageAnswer, queryOf } from '../../../../pages/page.ts';
import { ENGLISH } from '../../../../pages/speech.ts';
import { texts } from '../../../../texts/catalogue.ts';
import { type Person, peopleOf, personOf } from './people.ts';
import { list, pathTo, type Room, roomPage, said, titleOf } from './room.ts';

const EVENTS_SHOWN = 3;
const EVENTS_LISTED = 50;

export function contactsPage(room: Room): PageAnswer {
  const words = texts().sandbox.contacts;
  const people = peopleOf(room.sandbox, room.platform);
  const title = words.title(titleOf(room.platform));
  return roomPage(
    title,
    html`<div class="stack">
<h1>${title}</h1>
<p class="soft">${words.lead}</p>
<table class="folds mails" role="table">
<thead role="rowgroup"><tr role="row">${Object.values(words.columns).map(name => html`<th role="columnheader" scope="col">${name}</th>`)}</tr></thead>
<tbody role="rowgroup">${people.map(person => row(room, person))}</tbody>
</table>
</div>`,
  );
}

export function contactPage(room: Room, sentence: string | null = null, bad = false): PageAnswer {
  const id = queryOf(room.request).get('id') ?? formOf(room.request)?.get('id') ?? '';
  const person = personOf(room.sandbox, room.platform, id);
  const words = texts().sandbox.contacts;
  if (person === undefined) {
    return messagePage({
      speech: ENGLISH,
      status: 404,
      title: texts().sandbox.missing,
      paragraphs: sentence === null ? [] : [sentence],
      link: { href: pathTo(room.platform, 'contacts'), label: words.back },
      secret: true,
    });
  }
  return roomPage(
    person.address,
    html`<div class="stack">
<p><a class="away" href="${pathTo(room.platform, 'contacts')}">${words.back}</a></p>
<h1>${person.name === '' ? person.address : person.name}</h1>
<p>${person.address}<br><span class="soft">${person.status}${person.audience === null ? null : `, ${words.audience(person.audience.name)}`}</span></p>
${said(sentence, bad)}
<div class="split">
<div class="stack">
${person.tags.length === 0 && person.audience === null ? null : html`<h2>${words.tags}</h2>${list(person.tags, words.none)}`}
<h2>${words.properties}</h2>
${person.properties.length === 0 ? html`<p class="soft">${words.none}</p>` : html`<dl class="meta">${person.properties.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`}
<h2>${words.eventsTitle}</h2>
${list(
  person.events
    .slice(0, EVENTS_LISTED)
    .map(
      event =>
        html`<strong>${event.name}</strong> ${event.at}<br><span class="soft small">${event.details}</span>`,
    ),
  words.none,
)}
</div>
<aside class="card stack">${actions(room, person)}</aside>
</div>
</div>`,
    bad ? 400 : 200,
  );
}

export function actAsContact(room: Room): PageAnswer {
  const form = formOf(room.request);
  const words = texts().sandbox.contacts;
  const person = personOf(room.sandbox, room.platform, form?.get('id') ?? '');
  if (person === undefined) return contactPage(room);
  const done = act(room, person, form?.get('act') ?? '', (form?.get('address') ?? '').trim());
  return contactPage(room, done ? words.told : words.refused, !done);
}

function row(room: Room, person: Person): Html {
  const words = texts().sandbox.contacts.columns;
  const known = [...person.tags, ...person.properties.map(([name, value]) => `${name}: ${value}`)];
  const { audience, events } = person;
  return html`<tr role="row">
<th role="rowheader" scope="row"><a href="${pathTo(room.platform, 'contact')}?id=${encodeURIComponent(person.id)}">${person.address}</a>${audience === null ? null : html`<br><span class="soft small">${texts().sandbox.contacts.audience(audience.name)}</span>`}</th>
<td role="cell" data-label="${words.status}">${person.status}</td>
<td role="cell" data-label="${words.known}">${known.join(' · ')}</td>
<td role="cell" data-label="${words.events}">${events
    .slice(0, EVENTS_SHOWN)
    .map(event => event.name)
    .join(
      ' · ',
    )}${events.length > EVENTS_SHOWN ? html` <span class="soft small">${texts().sandbox.contacts.newest(events.length)}</span>` : null}</td>
</tr>`;
}

function actions(room: Room, person: Person): Html {
  const words = texts().sandbox.contacts;
  const path = pathTo(room.platform, 'contact');
  const id = html`<input type="hidden" name="id" value="${person.id}">`;
  const button = (act: string, label: string): Html =>
    html`<button type="submit" class="quiet" name="act" value="${act}">${label}</button>`;
  const plain =
    room.platform === 'mailchimp'
      ? [button('archive', words.archive), button('remove', words.remove)]
      : [button('remove', words.remove)];
  return html`<h2>${words.act}</h2>
<form method="post" action="${path}">${id}<div class="actions">${button('unsubscribe', words.unsubscribe)}${button('subscribe', words.subscribe)}${button('bounce', words.bounce)}${plain}</div></form>
<form method="post" action="${path}">${id}<div class="field"><label for="new-address">${words.newAddress}</label><input id="new-address" name="address" type="email" required></div><div class="actions">${button('move', words.changeAddress)}</div></form>
${room.platform === 'klaviyo' ? html`<form method="post" action="${path}">${id}<div class="field"><label for="into">${words.mergeInto}</label><input id="into" name="address" type="email" required></div><div class="actions">${button('merge', words.merge)}</div></form>` : null}`;
}

/** False: it can't be done with this contact. */
function act(room: Room, person: Person, what: string, address: string): boolean {
  try {
    const { address: own, audience } = person;
    const acts =
      audience === null ? klaviyoActs(room, own, address) : mailchimpActs(room, audience.id, own, address);
    const one = Object.hasOwn(acts, what) ? acts[what] : undefined;
    one?.();
    return one !== undefined;
  } catch {
    return false;
  }
}

type Acts = Readonly<Record<string, () => unknown>>;

function mailchimpActs({ sandbox }: Room, audience: string, own: string, other: string): Acts {
  const people = sandbox.mailchimp.people();
  return {
    unsubscribe: () => people.unsubscribe(audience, own),
    subscribe: () => people.subscribe(audience, { address: own }),
    bounce: () => people.clean(audience, own),
    archive: () => people.archive(audience, own),
    remove: () => people.forget(audience, own),
    move: () => people.changeAddress(audience, own, other),
  };
}

function klaviyoActs({ sandbox }: Room, own: string, other: string): Acts {
  const people = sandbox.klaviyo.people();
  return {
    unsubscribe: () => people.unsubscribe(own),
    subscribe: () => people.subscribe(own),
    bounce: () => people.bounce(own),
    remove: () => people.remove(own),
    move: () => people.changeAddress(own, other),
    merge: () => people.merge(own, other),
  };
}
