/**
 * The one style sheet of all pages, inlined and allowed by its hash, so that a page is one request and needs no other origin.
 * One accent; every pair of text and ground meets WCAG AA in both schemes; nothing moves for those who asked for calm.
 */
import { createHash } from 'node:crypto';

const LIGHT = `--paper:#f7f5f1;--card:#fffefc;--ink:#1d1f1e;--soft:#595c59;--line:#dfdbd3;--edge:#8a8780;
--accent:#0b6353;--accent-deep:#084c40;--on-accent:#ffffff;--tint:#e6f0ec;--bad:#a3261c;--bad-tint:#fbecea;`;

const DARK = `--paper:#131615;--card:#1b1f1e;--ink:#eceeec;--soft:#a9afac;--line:#323836;--edge:#7d8582;
--accent:#76d3bf;--accent-deep:#9be3d3;--on-accent:#06251e;--tint:#1f302c;--bad:#ff9d92;--bad-tint:#3a2220;`;

const TOKENS = `
:root{color-scheme:light dark;
${LIGHT}
--sans:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif;
--serif:ui-serif,"New York","Iowan Old Style",Charter,Georgia,"Noto Serif","Liberation Serif",serif;
--mono:ui-monospace,"SF Mono","Cascadia Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;
--round:14px;--small:.9375rem;--button:var(--accent);--on-button:var(--on-accent);--button-deep:var(--accent-deep);--button-edge:transparent}
@media (prefers-color-scheme:dark){:root{${DARK}}}`;

/** For a page inside another site's: as that one chose, whatever the visitor's own choice. */
const CHOSEN = `
:root.light{color-scheme:light;${LIGHT}}
:root.dark{color-scheme:dark;${DARK}}`;

const BASE = `
*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;min-height:100vh;display:flex;flex-direction:column;background:var(--paper);color:var(--ink);
font:1.0625rem/1.6 var(--sans);overflow-wrap:anywhere}
h1,h2,h3,p,ul,ol,dl,dd,figure,blockquote{margin:0}
h1,h2{font-family:var(--serif);font-weight:600;line-height:1.15;letter-spacing:-.01em;text-wrap:balance}
h1{font-size:clamp(1.875rem,1.4rem + 2.4vw,2.75rem)}
h2{font-size:1.375rem}
h3{font-size:1.0625rem}
p,li,dd{text-wrap:pretty}
h1,h2,dd,li b{text-align:-webkit-match-parent;text-align:match-parent}
[dir=rtl] *{letter-spacing:0}
a{color:var(--accent);text-underline-offset:.18em;text-decoration-thickness:1px}
a:hover{color:var(--accent-deep);text-decoration-thickness:2px}
:focus-visible{outline:3px solid var(--accent);outline-offset:3px;border-radius:4px}
code,pre,.mono{font-family:var(--mono);font-size:.9em}
.soft{color:var(--soft)}
.small{font-size:var(--small)}
.hidden{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;inset-inline-start:1rem;top:-6rem;background:var(--card);padding:.75rem 1rem;border-radius:8px;z-index:1}
.skip:focus{top:1rem}
main{flex:1;width:100%;max-width:62rem;margin:0 auto;padding:clamp(1.5rem,5vw,4rem) clamp(1rem,4vw,2rem)}
main.narrow{max-width:40rem}
main.wide{max-width:76rem}
footer{border-top:1px solid var(--line);font-size:var(--small);color:var(--soft)}
footer>*{max-width:62rem;margin:0 auto;padding:1.25rem clamp(1rem,4vw,2rem) 2rem}
footer>*+*{padding-top:0}
main.narrow~footer>*{max-width:40rem}
main.wide~footer>*{max-width:76rem}
.languages{display:flex;flex-wrap:wrap;gap:.25rem 1.125rem;padding:0;list-style:none}
.languages>*{display:flex;align-items:center;min-height:1.75rem}
.languages a{color:inherit}
.languages [aria-current]{font-weight:600;color:var(--ink)}
.stack>*+*{margin-top:1rem}
.stack>*+h2,.stack>*+.toolbar{margin-top:2.75rem}
.card>h2+*,.notice>h2+*{margin-top:.5rem}
.card>*+form{margin-top:1.25rem}
form>*+.actions{margin-top:1.25rem}
.card{background:var(--card);border:1px solid var(--line);border-radius:var(--round);padding:clamp(1.25rem,4vw,2rem)}`;

const CONTROLS = `
label{display:block;font-weight:600}
.hint{color:var(--soft);font-size:var(--small)}
input:not([type=hidden]):not([type=radio]):not([type=checkbox]),select,textarea{display:block;width:100%;min-height:3rem;margin-top:.375rem;
padding:.625rem .875rem;font:inherit;color:var(--ink);background:var(--card);border:1px solid var(--edge);border-radius:10px}
textarea{min-height:5rem;resize:vertical}
input[aria-invalid=true]{border-color:var(--bad);border-width:2px}
input:focus-visible,select:focus-visible,textarea:focus-visible{outline-offset:1px;border-radius:10px}
.problem{margin-top:.5rem;color:var(--bad);font-weight:600;font-size:var(--small)}
.problem::before{content:"";display:inline-block;width:.6em;height:.6em;margin-inline-end:.5em;border-radius:50%;background:currentColor}
button,.button{display:inline-flex;align-items:center;justify-content:center;min-height:3rem;padding:.625rem 1.375rem;font:inherit;
font-weight:600;text-align:center;text-decoration:none;color:var(--on-button);background:var(--button);border:1px solid var(--button-edge);border-radius:10px;cursor:pointer}
button:hover,.button:hover{background:var(--button-deep);color:var(--on-button)}
button.quiet,.button.quiet{color:var(--accent);background:transparent;border-color:var(--accent)}
button.quiet:hover,.button.quiet:hover{background:var(--tint);color:var(--accent-deep)}
.wide-button{width:100%}
.actions{display:flex;flex-wrap:wrap;gap:.75rem;align-items:center}
.field+.field,.field+.actions,.field+button,.field+fieldset,fieldset+.actions{margin-top:1.25rem}
fieldset{margin:1.25rem 0 0;padding:0;border:0;min-width:0}
legend{padding:0;font-weight:600}
details>summary{min-height:2.75rem;padding:.5rem 0;cursor:pointer;font-weight:600;color:var(--accent)}
.away{display:inline-flex;align-items:center;min-height:2.75rem}
@media (prefers-reduced-motion:no-preference){a,button,.button{transition:background-color .15s,color .15s}}
@media (forced-colors:active){button,.button,.card,.leaf,.notice{border:1px solid}}`;

const EVENT = `
.event{display:grid;gap:2rem}
.head{display:flex;gap:1.25rem;align-items:flex-start}
.head h1{margin-top:.125rem}
.leaf{flex:none;width:4.25rem;overflow:hidden;text-align:center;background:var(--card);border:1px solid var(--line);border-radius:12px;line-height:1.1}
.leaf b{display:block;padding:.375rem 0;background:var(--button);color:var(--on-button);font-size:.8125rem;font-weight:600;letter-spacing:.06em;text-transform:uppercase}
.leaf span{display:block;padding:.5rem 0 .625rem;font-family:var(--serif);font-size:1.875rem;font-weight:600}
.facts{display:grid;gap:1.125rem;margin-top:1.75rem}
.facts dt{font-size:var(--small);color:var(--soft)}
.facts dd{font-size:1.125rem;line-height:1.5}
.facts dd+dd{margin-top:.25rem}
.yours[hidden]{display:none}
@media (min-width:34rem){.facts{grid-template-columns:1fr 1fr}.facts>*{grid-column:1/-1}.facts>:has(+.yours:not([hidden])),.facts>.yours{grid-column:auto}}
.dates .yours{display:block}
.notice{padding:1rem 1.25rem;background:var(--tint);border-inline-start:4px solid var(--accent);border-radius:6px}
.notice.bad{background:var(--bad-tint);border-color:var(--bad)}
.notice h2{font-size:1.1875rem}
.struck{text-decoration:line-through;text-decoration-thickness:2px}
.dates{padding:0;list-style:none}
.dates li{padding:.75rem 0;border-top:1px solid var(--line)}
.dates li:last-child{border-bottom:1px solid var(--line)}
.tag{display:inline-block;margin-inline-start:.5rem;padding:0 .5rem;border:1px solid var(--edge);border-radius:999px;font-size:.8125rem;color:var(--soft)}
.tight{margin-top:.25rem}
.logo{margin-bottom:1.5rem}
.logo img{display:block;width:auto;max-width:min(14rem,100%);height:auto;max-height:3.5rem}
.months{display:flex;flex-wrap:wrap;gap:0 1.25rem;padding:0;list-style:none}
.months [aria-current]{font-weight:600;color:var(--ink)}
.picks{padding:0;list-style:none}
.picks li{display:flex;gap:1rem;justify-content:space-between;align-items:flex-start;padding:.75rem 0;border-top:1px solid var(--line)}
.picks .away{flex:none;white-space:nowrap}
.picks label,.check label{display:flex;gap:.875rem;align-items:flex-start;font-weight:400;cursor:pointer}
.picks label span span{display:block}
input[type=checkbox]{flex:none;width:1.5rem;height:1.5rem;margin:.125rem 0 0;accent-color:var(--accent)}
form>.sign-up{margin-top:2rem}
.prose{max-width:40rem}
.prose>*+*{margin-top:.875rem}
.prose ul,.prose ol{padding-inline-start:1.375rem}
.prose blockquote{padding-inline-start:1rem;border-inline-start:3px solid var(--line)}
.prose pre,.pre{white-space:pre-wrap}
.sign-up form{margin-top:1.25rem}
.sign-up .below{margin-top:1.25rem;padding-top:1.25rem;border-top:1px solid var(--line)}
.steps{padding-inline-start:1.375rem}
.steps li+li{margin-top:.5rem}
.steps li::marker{color:var(--accent);font-weight:600}
@media (min-width:56rem){
.event{grid-template-columns:minmax(0,1fr) 23rem;gap:3rem 4rem;align-items:start}
.event .sign-up{position:sticky;top:2rem;grid-column:2;grid-row:1/span 3}
.event>:not(.sign-up){grid-column:1}
.event>.notice{grid-column:1/-1;grid-row:auto}
.event>.notice~.sign-up{grid-row:2/span 3}}`;

const NUMBERS = `
.share{display:flex;flex-wrap:wrap;gap:.75rem;align-items:flex-end}
.share .field{flex:1 1 20rem}
.share input{font-family:var(--mono);font-size:.9375rem}
.counts{display:grid;grid-template-columns:repeat(auto-fit,minmax(7.5rem,1fr));gap:1px;background:var(--line);border:1px solid var(--line);border-radius:var(--round);overflow:hidden}
.counts div{display:flex;flex-direction:column-reverse;justify-content:flex-end;padding:1rem 1.125rem;background:var(--card)}
.counts dd{font-family:var(--serif);font-size:2rem;line-height:1.15;font-variant-numeric:tabular-nums}
.counts dt{color:var(--soft);font-size:var(--small)}
.bars{display:grid;grid-template-columns:max-content minmax(4rem,1fr) max-content;gap:.625rem 1rem;align-items:center;max-width:44rem;margin-top:1.5rem}
.bars>div{display:contents}
.bars dd{display:contents}
.bars dd>span{font-variant-numeric:tabular-nums;text-align:end}
.bars svg{display:block;width:100%;height:1.125rem;border-radius:5px;background:var(--line);forced-color-adjust:none}
.bars rect{fill:var(--accent)}
.toolbar{display:flex;flex-wrap:wrap;gap:.5rem 1.5rem;align-items:baseline;justify-content:space-between}
table{width:100%;border-collapse:collapse;font-size:var(--small);line-height:1.45}
caption{text-align:start;padding-bottom:.75rem;color:var(--soft)}
th{padding-block:.5rem;padding-inline:0 1rem;text-align:start;font-weight:600;color:var(--soft);border-bottom:1px solid var(--edge);white-space:nowrap}
td,tbody th{padding-block:.75rem;padding-inline:0 1rem;vertical-align:top;border-bottom:1px solid var(--line)}
tbody th{font-weight:600;color:var(--ink);white-space:normal}
.answer-yes{color:var(--accent);font-weight:600}
.empty{padding:clamp(1.5rem,5vw,3rem);text-align:center;border:1px dashed var(--edge);border-radius:var(--round)}
.empty>*+*{margin-top:.75rem}
@media (max-width:47.99rem){
table.folds thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
table.folds,table.folds tbody,table.folds tr,table.folds td,table.folds tbody th{display:block}
table.folds tr{padding:.875rem 0;border-bottom:1px solid var(--line)}
table.folds td,table.folds tbody th{padding:.125rem 0;border:0}
table.folds td[data-label]::before{content:attr(data-label) ": ";color:var(--soft)}
table.folds td:empty{display:none}}
@media print{.sign-up,footer,.skip{display:none}body{background:#fff;color:#000}}`;

const FRAMED = `${CHOSEN}
body{min-height:0;background:var(--paper)}
main{padding:1.25rem}
h1{font-size:1.5rem}
.head .leaf{width:3.5rem}
.facts{gap:.75rem;margin-top:1rem}
.facts dd{font-size:1rem}
.sign-up{margin-top:1.25rem}
.sign-up .below{margin-top:1rem;padding:0;border:0}`;

/** Rooms with more to show (the local outbox) put their own rules behind these. */
export function styleSheet(more = ''): { readonly css: string; readonly source: string } {
  const css = `${TOKENS}${BASE}${CONTROLS}${EVENT}${NUMBERS}${more}`.replace(/\n/g, '');
  return { css, source: `'sha256-${createHash('sha256').update(css).digest('base64')}'` };
}

export const PAGE_STYLE = styleSheet();

/** For the dashboard's preview, where light or dark is chosen. */
export const CHOSEN_STYLE = styleSheet(CHOSEN);

export const FRAME_STYLE = styleSheet(FRAMED);
