/** The frame of a button's pages: as every page, with the one script where there is something to press. */
import { texts } from '../texts/catalogue.ts';
import { type Frame, framed, pageFooter } from './document.ts';
import { type Html, html } from './html.ts';
import type { Content, PageAnswer } from './page.ts';
import { PRESS_SCRIPT } from './press-script.ts';
import type { Speech } from './speech.ts';
import { styleSheet } from './style.ts';

const STYLE = styleSheet(`
.press [hidden]{display:none}
.press{display:grid;gap:2rem}
.press .card>*+*{margin-top:1rem}
.press .who{display:flex;flex-wrap:wrap;gap:0 1rem;align-items:baseline;justify-content:space-between}
.press .who p{flex:1 1 16rem}
.press .main{display:grid;gap:.75rem}
.press .others{display:flex;flex-wrap:wrap;gap:.75rem}
.press .others button{flex:1 1 9rem}
.press form .others{margin-top:.75rem}
.copies{display:flex;flex-wrap:wrap;gap:0 1.5rem;padding:0;list-style:none}
`);

const FRAME: Frame = {
  style: STYLE,
  footer: pageFooter,
};

export function pressFramed(content: Content): PageAnswer {
  return framed({ width: 'narrow', secret: true, script: PRESS_SCRIPT, ...content }, FRAME);
}

/** Forms of one page carry the same hidden fields. */
export interface FormFields {
  readonly speech: Speech;
  readonly action: string;
  readonly nonce: string;
}

export function pressForm({ speech, action, nonce }: FormFields, inner: Html): Html {
  const words = texts(speech.language).press;
  return html`<form method="post" action="${action}" data-press novalidate>
<input type="hidden" name="nonce" value="${nonce}">
<input type="hidden" name="script" value="">
<input type="hidden" name="gesture" value="">
<input type="hidden" name="held" value="">
<input type="hidden" name="driven" value="">
<input type="hidden" name="unseen" value="">
${inner}
<div class="hidden" aria-hidden="true"><label>${words.honeypot}<input type="text" name="remarks" tabindex="-1" autocomplete="off"></label></div>
</form>`;
}
