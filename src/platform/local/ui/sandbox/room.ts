/** What the sandbox's screens work with, and their frame. */
import type { Child, Html } from '../../../../pages/html.ts';
import { html } from '../../../../pages/html.ts';
import type { PageAnswer } from '../../../../pages/page.ts';
import { texts } from '../../../../texts/catalogue.ts';
import type { Sandbox } from '../../vendors/sandbox.ts';
import type { Platform } from '../../vendors/vendor.ts';
import { localPage } from '../frame.ts';
import type { Local } from '../local.ts';

export interface Room extends Local {
  readonly sandbox: Sandbox;
  readonly platform: Platform;
}

export function titleOf(platform: Platform): string {
  return texts().sandbox.platforms[platform];
}

export function pathTo(platform: Platform, room: string): string {
  return `/local/sandbox/${platform}/${room}`;
}

export function roomPage(title: string, body: Html, status = 200): PageAnswer {
  return localPage('sandbox', { title, body, status });
}

/** What was done, or why not, above what is now. */
export function said(sentence: string | null, bad = false): Html | null {
  return sentence === null
    ? null
    : html`<section class="notice${bad ? ' bad' : ''}" role="${bad ? 'alert' : 'status'}"><p>${sentence}</p></section>`;
}

export function see(path: string): PageAnswer {
  return { status: 303, headers: { location: path, 'cache-control': 'no-store' }, body: '' };
}

export function choices(
  name: string,
  label: string,
  options: readonly { readonly value: string; readonly label: string; readonly chosen?: boolean }[],
): Html {
  return html`<div class="field"><label for="${name}">${label}</label><select id="${name}" name="${name}">${options.map(
    option =>
      html`<option value="${option.value}"${option.chosen === true ? html` selected` : null}>${option.label}</option>`,
  )}</select></div>`;
}

export function list(items: readonly Child[], none: string): Html {
  return items.length === 0
    ? html`<p class="soft">${none}</p>`
    : html`<ul>${items.map(item => html`<li>${item}</li>`)}</ul>`;
}
