/** Runs in the frame, on our own page: tells the host page how tall it is, what it answered, and when Escape was pressed. */
import { type FrameMessage, HELLO } from './messages.ts';

let host: string | undefined;

if (parent !== window) {
  addEventListener('message', event => {
    if (event.source !== parent || event.data !== HELLO) return;
    // A sandboxed host page has no origin that could be named; nothing that is said here is a secret.
    host = event.origin === 'null' ? '*' : event.origin;
    sayAll();
  });
  addEventListener('keydown', event => {
    if (event.key === 'Escape') say({ sis: 'escape' });
  });
  new ResizeObserver(saySize).observe(document.body);
}

function sayAll(): void {
  saySize();
  const { said, events } = document.body.dataset;
  if (said !== undefined) say({ sis: 'said', outcome: said, events: Number(events) } as FrameMessage);
}

function saySize(): void {
  say({ sis: 'size', height: Math.ceil(document.body.getBoundingClientRect().height) });
}

function say(message: FrameMessage): void {
  if (host !== undefined) parent.postMessage(message, host);
}
