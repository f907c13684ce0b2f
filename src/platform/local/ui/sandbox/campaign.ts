/** A campaign: paste or pick the button, choose who gets the mail, see it as it arrives, click. */
import { contentPolicy, HTML_TYPE, safeHeaders } from '../../../../pages/document.ts';
import { html } from '../../../../pages/html.ts';
import { messagePage } from '../../../../pages/messages.ts';
import { formOf, type PageAnswer, queryOf } from '../../../../pages/page.ts';
import { ENGLISH } from '../../../../pages/speech.ts';
import { texts } from '../../../../texts/catalogue.ts';
import { type CampaignMail, type Reader, testReader } from '../../vendors/campaign.ts';
import { peopleOf, personOf } from './people.ts';
import { choices, list, pathTo, type Room, roomPage, said, see, titleOf } from './room.ts';

const TESTS = ['raw', 'placeholder'] as const;

interface Piece {
  readonly key: string;
  readonly name: string;
  readonly html: string;
}

export function campaignPage(room: Room, problem: string | null = null): PageAnswer {
  const words = texts().sandbox.campaign;
  const title = words.title(titleOf(room.platform));
  const form = formOf(room.request);
  const people = peopleOf(room.sandbox, room.platform).map(({ id, address, audience }) => ({
    value: id,
    label: audience === null ? address : `${address} (${audience.name})`,
    chosen: form?.get('to') === id,
  }));
  const pieces = piecesOf(room).map(({ key, name }) => ({ value: key, label: name }));
  return roomPage(
    title,
    html`<div class="stack">
<h1>${title}</h1>
<p class="soft">${words.lead}</p>
${said(problem, true)}
<form method="post" action="${pathTo(room.platform, 'campaign')}">
${choices('to', words.to, [...people, { value: 'raw', label: words.test }, { value: 'placeholder', label: words.placeholder }])}
${choices('saved', words.saved, [{ value: '', label: words.pasted }, ...pieces])}
<div class="field"><label for="html">${words.html}</label><textarea id="html" name="html" rows="10" class="mono">${form?.get('html') ?? ''}</textarea></div>
<div class="actions"><button type="submit">${words.preview}</button></div>
</form>
</div>`,
    problem === null ? 200 : 400,
  );
}

export function sendCampaign(room: Room): PageAnswer {
  const { sandbox, platform } = room;
  const form = formOf(room.request);
  const words = texts().sandbox.campaign;
  const saved = piecesOf(room).find(({ key }) => key === form?.get('saved'));
  const content = saved?.html ?? form?.get('html') ?? '';
  const reader = readerOf(room, form?.get('to') ?? '');
  if (content.trim() === '' || reader === undefined) return campaignPage(room, words.empty);
  const mail = sandbox.campaigns.send(platform, wholeMail(content), reader, (id, link) =>
    clickUrl(room, id, link),
  );
  return see(`${pathTo(platform, 'mail')}?id=${mail.id}`);
}

export function mailPage(room: Room): PageAnswer {
  const words = texts().sandbox.campaign;
  const mail = mailOf(room);
  if (mail === undefined) return goneMail(room);
  const title = words.mailFor(mail.to);
  return roomPage(
    title,
    html`<div class="stack">
<p><a class="away" href="${pathTo(room.platform, 'campaign')}">${words.again}</a></p>
<h1>${title}</h1>
<iframe class="letter" src="${pathTo(room.platform, 'letter')}?id=${mail.id}" title="${words.frame}" sandbox="allow-popups allow-popups-to-escape-sandbox" tabindex="0"></iframe>
<h2>${words.links}</h2>
${list(
  mail.links.map(
    (link, number) => html`<a href="${clickUrl(room, mail.id, number)}" class="mono small">${link}</a>`,
  ),
  words.emptyTitle,
)}
</div>`,
  );
}

/** The mail alone, in a frame without scripts or forms; its links open in a window of their own. */
export function letterPage(room: Room): PageAnswer {
  const mail = mailOf(room);
  if (mail === undefined) return goneMail(room);
  const policy = contentPolicy("'unsafe-inline'")
    .replace("form-action 'self'", "form-action 'none'")
    .replace("frame-ancestors 'none'", "frame-ancestors 'self'")
    .replace("base-uri 'none'", "base-uri 'self'");
  return {
    status: 200,
    headers: {
      ...safeHeaders(true),
      'content-type': HTML_TYPE,
      'x-frame-options': 'SAMEORIGIN',
      'content-security-policy': `${policy}; sandbox allow-popups allow-popups-to-escape-sandbox`,
    },
    body: mail.html,
  };
}

/** The vendor's click tracking: on to the link, with what it appends. */
export function clickPage(room: Room): PageAnswer {
  const query = queryOf(room.request);
  const target = room.sandbox.campaigns.click(
    query.get('mail') ?? '',
    Number(query.get('link') ?? Number.NaN),
  );
  if (target === undefined) return goneMail(room);
  return { status: 302, headers: { location: target, 'cache-control': 'no-store' }, body: '' };
}

function readerOf(room: Room, to: string): Reader | undefined {
  const words = texts().sandbox.campaign;
  const test = TESTS.find(kind => kind === to);
  if (test === undefined) return personOf(room.sandbox, room.platform, to)?.reader;
  return testReader(room.platform, test === 'raw' ? words.test : words.placeholder, test);
}

/** What the product has put into the account. */
function piecesOf({ sandbox, platform }: Room): readonly Piece[] {
  if (platform === 'mailchimp') {
    return sandbox.mailchimp.account().templates.map(({ id, name, html }) => ({ key: `t${id}`, name, html }));
  }
  const { universal, templates } = sandbox.klaviyo.account();
  return [...universal, ...templates].map(({ id, name, html }) => ({ key: id, name, html }));
}

/** A saved template is a whole mail; a snippet gets a little mail around it. */
function wholeMail(content: string): string {
  const calm = content.replace(/<meta\b[^>]*http-equiv[^>]*>/gi, '').replace(/<base\b[^>]*>/gi, '');
  const base = '<base target="_blank">';
  if (/<head[^>]*>/i.test(calm)) return calm.replace(/<head[^>]*>/i, head => `${head}${base}`);
  const words = texts().sandbox.campaign;
  return `<!doctype html><html lang="en"><head>${base}<meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${words.subject}</title></head><body style="margin:24px;font-family:Arial,Helvetica,sans-serif;"><p>${words.words}</p>${calm}<p style="font-size:13px;">${words.footer}</p></body></html>`;
}

function clickUrl({ sandbox, platform }: Room, mail: string, link: number): string {
  return `${sandbox.http}${pathTo(platform, 'click')}?mail=${mail}&link=${link}`;
}

function mailOf(room: Room): CampaignMail | undefined {
  return room.sandbox.campaigns.mail(queryOf(room.request).get('id') ?? '');
}

function goneMail(room: Room): PageAnswer {
  return messagePage({
    speech: ENGLISH,
    status: 404,
    title: texts().sandbox.missing,
    paragraphs: [texts().sandbox.campaign.gone],
    link: { href: pathTo(room.platform, 'campaign'), label: texts().sandbox.campaign.again },
    secret: true,
  });
}
