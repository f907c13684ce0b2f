/** The dialog: the browser's own, so that focus stays inside, Escape closes, and focus goes back to where it was. */
import type { Frame } from './frame.ts';
import type { Options } from './options.ts';
import { WORDS } from './words.ts';

export interface Dialog {
  open(): void;
  close(): void;
  remove(): void;
}

export function makeDialog(root: ShadowRoot, options: Options, makeInside: () => Frame): Dialog {
  const dialog = document.createElement('dialog');
  const bar = document.createElement('div');
  const shut = document.createElement('button');
  let inside: Frame | undefined;
  dialog.className = options.theme;
  dialog.setAttribute('aria-label', options.label);
  bar.className = 'bar';
  if (options.language === 'ar') bar.dir = 'rtl';
  shut.type = 'button';
  shut.textContent = '×';
  shut.lang = options.language;
  shut.setAttribute('aria-label', WORDS[options.language][2]);
  shut.addEventListener('click', () => dialog.close());
  // Outside the dialog's box: its backdrop.
  dialog.addEventListener('click', event => {
    if (event.target === dialog) dialog.close();
  });
  bar.append(shut);
  dialog.append(bar);
  root.append(dialog);
  return {
    open() {
      if (dialog.open) return;
      // Nothing is fetched before somebody asks for it.
      if (inside === undefined) {
        inside = makeInside();
        dialog.append(inside.element);
      }
      dialog.showModal();
    },
    close: () => dialog.close(),
    remove() {
      dialog.close();
      inside?.remove();
      inside = undefined;
      dialog.remove();
    },
  };
}
