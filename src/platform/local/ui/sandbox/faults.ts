/** Bad days on demand, and what the stand-in has seen: calls in, webhooks out. Never a token. */
import { type Html, html } from '../../../../pages/html.ts';
import { formOf, type PageAnswer } from '../../../../pages/page.ts';
import { texts } from '../../../../texts/catalogue.ts';
import { FAULT_KINDS, type Fault } from '../../vendors/faults.ts';
import { choices, list, pathTo, type Room, roomPage, see, titleOf } from './room.ts';

const TIMES = [1, 3, 10] as const;
const SHOWN = 20;

export function faultsPage(room: Room): PageAnswer {
  const words = texts().sandbox.faults;
  const title = words.title(titleOf(room.platform));
  const vendor = room.sandbox[room.platform];
  const standing = vendor.faults.list();
  const path = pathTo(room.platform, 'faults');
  return roomPage(
    title,
    html`<div class="stack">
<h1>${title}</h1>
<p class="soft">${words.lead}</p>
<h2>${words.standing}</h2>
${list(
  standing.map(fault => `${words.kinds[fault.kind]}, ${words.left(fault.times ?? null)}`),
  words.none,
)}
<form method="post" action="${path}">
${choices(
  'kind',
  words.kind,
  FAULT_KINDS.map(kind => ({ value: kind, label: words.kinds[kind] })),
)}
${choices('times', words.times, [...TIMES.map(times => ({ value: String(times), label: String(times) })), { value: '', label: words.left(null) }])}
<div class="actions"><button type="submit" name="act" value="add">${words.add}</button><button type="submit" class="quiet" name="act" value="clear">${words.clear}</button></div>
</form>
<h2>${words.uninstall}</h2>
<p class="soft">${words.uninstallHint}</p>
<form method="post" action="${path}"><div class="actions"><button type="submit" class="quiet" name="act" value="uninstall">${words.uninstall}</button></div></form>
<h2>${words.calls}</h2>
${list(vendor.calls.slice(-SHOWN).reverse().map(callLine), words.noCalls)}
<h2>${words.deliveries}</h2>
${list(
  vendor.deliveries
    .slice(-SHOWN)
    .reverse()
    .map(
      ({ about, status }) =>
        html`<span class="mono small">${about}: ${status === null ? words.unanswered : status}</span>`,
    ),
  words.noDeliveries,
)}
${vendor.deliveries.length === 0 ? null : html`<form method="post" action="${path}"><div class="actions"><button type="submit" class="quiet" name="act" value="repeat">${words.repeat}</button></div></form>`}
</div>`,
  );
}

export async function switchFaults(room: Room): Promise<PageAnswer> {
  const form = formOf(room.request);
  const vendor = room.sandbox[room.platform];
  const kind = FAULT_KINDS.find(known => known === form?.get('kind'));
  const times = TIMES.find(known => String(known) === form?.get('times'));
  switch (form?.get('act')) {
    case 'add':
      if (kind !== undefined)
        vendor.faults.add({ kind, ...(times === undefined ? {} : { times }) } satisfies Fault);
      break;
    case 'clear':
      vendor.faults.clear();
      break;
    case 'uninstall':
      vendor.uninstall();
      break;
    case 'repeat':
      await vendor.hooks.repeat();
      break;
    default:
  }
  return see(pathTo(room.platform, 'faults'));
}

function callLine(call: Room['sandbox']['mailchimp']['calls'][number]): Html {
  const { method, path, status } = call;
  return html`<span class="mono small">${method} ${path}: ${status === 0 ? texts().sandbox.faults.unanswered : status}</span>`;
}
