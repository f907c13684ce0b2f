/** `<script src="…/widget.js" async>`: finds the elements that ask for a widget, now and whenever the page changes. */
import { type Host, mount, OWN_TAG } from './widget.ts';

const ASKS = '[data-sis-event],[data-sis-upcoming]';

start();

function start(): void {
  const script = document.currentScript;
  // A page may name the script twice: the first one does the work.
  if (!(script instanceof HTMLScriptElement) || customElements.get(OWN_TAG) !== undefined) return;
  const { origin } = new URL(script.src, location.href);
  const held = new Set<Host>();
  const hold = (host: Host): void => {
    held.add(host);
    mount(host, origin);
  };
  const look = (): void => {
    for (const host of held) {
      if (host.isConnected) continue;
      held.delete(host);
      host.sis?.unmount();
    }
    for (const host of document.querySelectorAll<Host>(ASKS)) if (!held.has(host)) hold(host);
  };
  // Also inside shadow roots, where `look` does not reach.
  customElements.define(
    OWN_TAG,
    class extends HTMLElement {
      connectedCallback(): void {
        // Its attributes and children may still be on their way.
        queueMicrotask(() => this.isConnected && !held.has(this) && hold(this));
      }
      disconnectedCallback(): void {
        queueMicrotask(look);
      }
    },
  );
  look();
  new MutationObserver(look).observe(document.documentElement, { childList: true, subtree: true });
}
