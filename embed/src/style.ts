/** The widget's own style, inside its shadow root: a constructed sheet, which no style-src of the host page forbids. */

const CSS = `
:host{all:initial;display:block;color-scheme:inherit;font:600 1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
:host([hidden]){display:none}
iframe{display:block;width:100%;height:30rem;border:0;border-radius:12px;color-scheme:normal}
button{box-sizing:border-box;min-height:3rem;min-width:3rem;padding:.625rem 1.375rem;font:inherit;color:#fff;background:#0b6353;border:1px solid transparent;border-radius:10px;cursor:pointer}
button:hover{background:#084c40}
button:focus-visible{outline:3px solid #0b6353;outline-offset:3px}
.floating{position:fixed;z-index:2147483000;bottom:max(1rem,env(safe-area-inset-bottom));right:1rem;max-width:calc(100vw - 2rem);box-shadow:0 4px 16px #0004}
.left{right:auto;left:1rem}
dialog{box-sizing:border-box;width:min(32rem,calc(100vw - 1rem));max-width:none;max-height:calc(100dvh - 1rem);padding:0;border:1px solid #8a8780;border-radius:16px;overflow:auto;overscroll-behavior:contain;background:#f7f5f1}
dialog::backdrop{background:#0009}
.bar{position:sticky;top:0;display:flex;justify-content:flex-end;padding:.5rem .5rem 0;background:inherit}
.bar button{padding:0;color:#1d1f1e;background:transparent;font-size:1.5rem;line-height:1}
.bar button:hover{background:#0001}
dialog.dark{background:#131615}.dark .bar button{color:#eceeec}
@media (prefers-color-scheme:dark){dialog.auto{background:#131615}.auto .bar button{color:#eceeec}.auto .bar button:focus-visible{outline-color:#76d3bf}}
@media (prefers-reduced-motion:no-preference){dialog[open]{animation:sis .18s ease-out}@keyframes sis{from{opacity:0;translate:0 .5rem}}}
@media (forced-colors:active){button{border-color:ButtonText}}
`;

let sheet: CSSStyleSheet | undefined;

/** An element of ours with a closed inside, which neither the host page's styles nor its selectors reach. */
export function enclosure(): { readonly element: HTMLElement; readonly root: ShadowRoot } {
  const element = document.createElement('div');
  const root = element.attachShadow({ mode: 'open' });
  if (sheet === undefined) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
  }
  root.adoptedStyleSheets = [sheet];
  return { element, root };
}
