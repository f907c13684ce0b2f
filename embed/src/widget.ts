/** One widget on one element: what its mode puts on the page, its handle, its events, and how all of it goes away again. */
import { makeDialog } from './dialog.ts';
import { type Frame, makeFrame } from './frame.ts';
import type { FrameMessage } from './messages.ts';
import { type Options, readOptions } from './options.ts';
import { enclosure } from './style.ts';

export interface Handle {
  /** Shows the dialog; inline, scrolls to the widget. */
  open(): void;
  close(): void;
  /** Reads the options again and loads the page anew. */
  refresh(): void;
  unmount(): void;
}

export type Host = HTMLElement & { sis?: Handle };

interface Shown {
  open(): void;
  close(): void;
  remove(): void;
}

export const OWN_TAG = 'sis-rsvp';
const NOTHING: Shown = { open() {}, close() {}, remove() {} };

export function mount(host: Host, origin: string): void {
  if (host.sis !== undefined) return;
  let shown = show(host, origin);
  const handle: Handle = {
    open: () => shown.open(),
    close: () => shown.close(),
    refresh() {
      shown.remove();
      shown = show(host, origin);
    },
    unmount() {
      shown.remove();
      shown = NOTHING;
      if (host.sis === handle) delete host.sis;
    },
  };
  host.sis = handle;
}

function show(host: Host, origin: string): Shown {
  const attributes = host.getAttributeNames().map(name => [name, host.getAttribute(name) ?? ''] as const);
  const { options, warnings } = readOptions(attributes, host.localName === OWN_TAG, navigator.languages);
  for (const warning of warnings) console.warn('sis widget:', warning, host);
  if (options === undefined) return NOTHING;
  return options.mode === 'inline' ? inline(host, origin, options) : behindButton(host, origin, options);
}

function tell(host: Host, name: string, detail: object): void {
  host.dispatchEvent(new CustomEvent(`sis:${name}`, { bubbles: true, composed: true, detail }));
}

function frameFor(host: Host, origin: string, options: Options, leave: () => void): Frame {
  return makeFrame(origin, options, (message: FrameMessage, first: boolean) => {
    if (first) tell(host, 'ready', {});
    if (message.sis === 'escape') leave();
    if (message.sis !== 'said') return;
    tell(host, 'answer', { outcome: message.outcome });
    if (message.outcome === 'asked') tell(host, 'invited', { events: message.events });
  });
}

/** What stands in the element is for visitors without script: hidden meanwhile, back after `unmount`. */
function inline(host: Host, origin: string, options: Options): Shown {
  const { element, root } = enclosure();
  const before = [...host.children].filter(
    (child): child is HTMLElement => child instanceof HTMLElement && !child.hidden,
  );
  for (const child of before) child.hidden = true;
  const frame = frameFor(host, origin, options, () => {});
  root.append(frame.element);
  host.append(element);
  return {
    open: () => element.scrollIntoView({ block: 'nearest' }),
    close() {},
    remove() {
      frame.remove();
      element.remove();
      for (const child of before) child.hidden = false;
    },
  };
}

function behindButton(host: Host, origin: string, options: Options): Shown {
  const { element, root } = enclosure();
  // A dialog lies on top of the page, wherever its element stands; a button of the page's own stays as it is.
  const ownButton = options.mode === 'dialog' && host.matches('a,button');
  const dialog = makeDialog(root, options, () => frameFor(host, origin, options, () => dialog.close()));
  const press = (event: Event): void => {
    event.preventDefault();
    dialog.open();
  };
  const button = ownButton ? host : makeButton(options);
  let place: { readonly element: HTMLElement; readonly root: ShadowRoot } | undefined;
  button.addEventListener('click', press);
  if (options.mode === 'floating') root.append(button);
  else if (!ownButton) {
    place = enclosure();
    place.root.append(button);
    host.append(place.element);
  }
  document.body.append(element);
  return {
    ...dialog,
    remove() {
      button.removeEventListener('click', press);
      dialog.remove();
      element.remove();
      place?.element.remove();
    },
  };
}

function makeButton(options: Options): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = options.label;
  button.dir = 'auto';
  button.setAttribute('aria-haspopup', 'dialog');
  if (options.mode === 'floating') button.className = `floating ${options.side}`;
  return button;
}
