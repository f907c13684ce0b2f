/** A script of ours within a page, and the source by which the page's policy lets it run, and nothing else. */
import { createHash } from 'node:crypto';
import { type Html, html, trusted } from './html.ts';

export interface PageScript {
  readonly text: string;
  readonly source: string;
}

export function pageScript(text: string): PageScript {
  return { text, source: `'sha256-${createHash('sha256').update(text).digest('base64')}'` };
}

export function scriptOf(script: PageScript | undefined): Html | null {
  return script === undefined ? null : html`<script>${trusted(script.text)}</script>\n`;
}

export function runsScript(script: PageScript | undefined): string {
  return script === undefined ? '' : `; script-src ${script.source}`;
}
