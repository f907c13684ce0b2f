/** The frame: made, listened to, sized. A message counts only from our origin, from this very frame, and in a known shape. */
import { type FrameMessage, HELLO, readMessage } from './messages.ts';
import type { Options } from './options.ts';

export interface Frame {
  readonly element: HTMLIFrameElement;
  reload(): void;
  remove(): void;
}

export function makeFrame(
  origin: string,
  options: Options,
  heard: (message: FrameMessage, first: boolean) => void,
): Frame {
  const element = document.createElement('iframe');
  const { theme, lang } = options;
  const look = new URLSearchParams({
    ...(theme === 'auto' ? {} : { theme }),
    ...(lang === 'auto' ? {} : { lang }),
  });
  const url = `${origin}/w/${options.page}${look.size === 0 ? '' : `?${look}`}`;
  let first = true;
  const listen = (event: MessageEvent<unknown>): void => {
    if (event.origin !== origin || event.source !== element.contentWindow) return;
    const message = readMessage(event.data);
    if (message === undefined) return;
    if (message.sis === 'size') element.style.height = `${message.height}px`;
    heard(message, first);
    first = false;
  };
  element.title = options.label;
  element.referrerPolicy = 'no-referrer';
  element.setAttribute(
    'sandbox',
    'allow-scripts allow-forms allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-downloads',
  );
  // A frame that was led elsewhere hears nothing: the greeting is for our origin alone.
  element.addEventListener('load', () => element.contentWindow?.postMessage(HELLO, origin));
  addEventListener('message', listen);
  element.src = url;
  return {
    element,
    reload() {
      element.src = url;
    },
    remove() {
      removeEventListener('message', listen);
      element.remove();
    },
  };
}
