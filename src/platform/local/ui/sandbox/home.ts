/** The sandbox's front page: both platforms, and what can be done with each. */
import { type Html, html } from '../../../../pages/html.ts';
import type { PageAnswer } from '../../../../pages/page.ts';
import { texts } from '../../../../texts/catalogue.ts';
import type { Sandbox } from '../../vendors/sandbox.ts';
import type { Platform } from '../../vendors/vendor.ts';
import { peopleOf } from './people.ts';
import { pathTo, roomPage, titleOf } from './room.ts';

export function homePage(sandbox: Sandbox): PageAnswer {
  const words = texts().sandbox.home;
  return roomPage(
    words.title,
    html`<div class="stack">
<h1>${words.title}</h1>
<p class="soft">${words.lead}</p>
<p><a class="button" href="/connections">${words.connections}</a></p>
${(['mailchimp', 'klaviyo'] as const).map(platform => card(sandbox, platform))}
</div>`,
  );
}

function card(sandbox: Sandbox, platform: Platform): Html {
  const words = texts().sandbox.home;
  return html`<section class="card" aria-labelledby="${platform}">
<h2 id="${platform}">${titleOf(platform)}</h2>
<p>${sandbox[platform].account().name}, ${words.people(peopleOf(sandbox, platform).length)}</p>
<p class="actions"><a class="away" href="${pathTo(platform, 'contacts')}">${words.contacts}</a><a class="away" href="${pathTo(platform, 'campaign')}">${words.campaign}</a><a class="away" href="${pathTo(platform, 'faults')}">${words.faults}</a></p>
</section>`;
}
