/** The widget as code to paste, by where a website is built. Options are those of `embed/src/options.ts`; defaults are left out. */

export interface WidgetChoice {
  readonly what: 'event' | 'upcoming';
  readonly slug: string;
  readonly mode: string;
  readonly theme: string;
  readonly side: string;
  readonly label: string;
  /** Empty: as the visitor prefers. */
  readonly lang: string;
}

/** Name and value, as the widget's own table knows them. */
export function optionsOf(choice: WidgetChoice): readonly (readonly [name: string, value: string])[] {
  const { what, slug, mode, theme, side, label, lang } = choice;
  const options: [string, string][] = [[what, slug]];
  if (mode !== 'inline') options.push(['mode', mode]);
  if (theme !== 'auto') options.push(['theme', theme]);
  if (mode === 'floating' && side !== 'right') options.push(['side', side]);
  if (label.trim() !== '') options.push(['label', label.trim()]);
  if (lang !== '') options.push(['lang', lang]);
  return options;
}

/** What stands inside is for visitors without script. */
export function htmlSnippet(origin: string, choice: WidgetChoice, fallback: string): string {
  const attributes = optionsOf(choice)
    .map(([name, value]) => ` data-sis-${name}="${escaped(value)}"`)
    .join('');
  const page = `${origin}/${choice.what === 'event' ? 'e' : 'o'}/${choice.slug}`;
  return `<script src="${origin}/widget.js" async></script>
<div${attributes}><a href="${page}">${escaped(choice.label.trim() || fallback)}</a></div>`;
}

export function reactSnippet(origin: string, choice: WidgetChoice): string {
  const attributes = optionsOf(choice)
    .map(
      ([name, value]) => ` ${name}=${/["&{}\\]/.test(value) ? `{${JSON.stringify(value)}}` : `"${value}"`}`,
    )
    .join('');
  return `import { useEffect } from 'react';

const WIDGET = '${origin}/widget.js';

export function Rsvp() {
  useEffect(() => {
    if (document.querySelector(\`script[src="\${WIDGET}"]\`)) return;
    const script = document.createElement('script');
    script.src = WIDGET;
    script.async = true;
    document.head.append(script);
  }, []);
  return <sis-rsvp${attributes} />;
}`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
