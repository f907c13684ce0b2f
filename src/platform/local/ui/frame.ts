/** The frame of the local rooms: the pages' own, with a line of rooms above and their style sheet. */
import { createHash } from 'node:crypto';
import { framed } from '../../../pages/document.ts';
import { type Html, html, trusted } from '../../../pages/html.ts';
import type { Content, PageAnswer } from '../../../pages/page.ts';
import { ENGLISH } from '../../../pages/speech.ts';
import { texts } from '../../../texts/catalogue.ts';
import { LOCAL_STYLE } from './style.ts';

export type Room = 'outbox' | 'organizer' | 'sandbox';

/** Reloads the list when there is news, never while somebody types or has a control in hand. The page works without it. */
const WATCH = `setInterval(async()=>{const m=document.querySelector('[data-newest]'),a=document.activeElement;
if(!m||document.hidden||(a&&/^(INPUT|SELECT|TEXTAREA|BUTTON|SUMMARY)$/.test(a.tagName)))return;
try{const r=await fetch('/local/newest');if(r.ok&&(await r.text())!==m.dataset.newest)location.reload()}catch{}},2000)`;
const WATCH_SOURCE = `'sha256-${createHash('sha256').update(WATCH).digest('base64')}'`;

export const watchScript = html`<script>${trusted(WATCH)}</script>`;

export function localPage(
  room: Room,
  content: Omit<Content, 'speech'>,
  options: { readonly watch?: boolean } = {},
): PageAnswer {
  return framed(
    { speech: ENGLISH, width: 'wide', secret: true, ...content, body: html`${rooms(room)}${content.body}` },
    {
      style: LOCAL_STYLE,
      footer: () => html`<p>${texts().local.footer}</p>`,
      // With `no-referrer` our own forms would come with Origin `null`, and the guard could not know them.
      referrer: 'same-origin',
      policy: `; frame-src 'self'${options.watch === true ? `; script-src ${WATCH_SOURCE}; connect-src 'self'` : ''}`,
    },
  );
}

function rooms(room: Room): Html {
  const words = texts().local.nav;
  const link = (to: string, label: string, here: boolean): Html =>
    html`<a href="${to}" ${here ? html`aria-current="page"` : null}>${label}</a>`;
  return html`<nav class="rooms" aria-label="${words.label}">
${link('/local/', words.outbox, room === 'outbox')}
${link('/local/organizer', words.organizer, room === 'organizer')}
${link('/local/sandbox/', texts().sandbox.nav, room === 'sandbox')}
${link('/', words.home, false)}
</nav>`;
}
