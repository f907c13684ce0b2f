/** Colours and the style sheet of our mails. Colours stand inline too, since some programs drop the sheet; the sheet adds dark mode and small screens. */

export const LIGHT = {
  ground: '#f3f4f6',
  card: '#ffffff',
  line: '#e3e6eb',
  ink: '#16181d',
  soft: '#555d6b',
  panel: '#f7f8fa',
  accent: '#0b6353',
  onAccent: '#ffffff',
  noteGround: '#fff8e6',
  noteLine: '#e8b93c',
} as const;

const DARK = {
  ground: '#101216',
  card: '#191c22',
  line: '#2d323b',
  ink: '#f1f3f6',
  soft: '#aab2bf',
  panel: '#20242c',
  accent: '#76d3bf',
  onAccent: '#0b1f1a',
  noteGround: '#2b2618',
  noteLine: '#b98f2a',
} as const;

export const FONT =
  "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Noto Sans', sans-serif";
export const MONO = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace";

/** One rule per role, under the names that `layout-html.ts` writes as classes. */
const DARK_RULES: readonly (readonly [selector: string, rule: string])[] = [
  ['.ground', `background-color:${DARK.ground}`],
  ['.card', `background-color:${DARK.card};border-color:${DARK.line}`],
  ['.ink', `color:${DARK.ink}`],
  ['.soft', `color:${DARK.soft}`],
  ['.panel', `background-color:${DARK.panel}`],
  ['.line', `border-color:${DARK.line}`],
  ['.link', `color:${DARK.accent}`],
  ['.button', `background-color:${DARK.accent};border-color:${DARK.accent};color:${DARK.onAccent}`],
  ['.quiet', `background-color:${DARK.card};border-color:${DARK.accent};color:${DARK.accent}`],
  ['.note', `background-color:${DARK.noteGround};border-color:${DARK.noteLine}`],
];

export function styleSheet(): string {
  const dark = DARK_RULES.map(([selector, rule]) => `${selector}{${important(rule)}}`).join('');
  // Outlook.com rewrites mails for its dark theme and marks them so.
  const outlook = DARK_RULES.map(([selector, rule]) => `[data-ogsc] ${selector}{${important(rule)}}`).join(
    '',
  );
  return [
    ':root{color-scheme:light dark;supported-color-schemes:light dark}',
    'body{margin:0;padding:0;width:100%;-webkit-text-size-adjust:100%;-ms-text-size-adjust:100%}',
    'table{border-collapse:separate;mso-table-lspace:0;mso-table-rspace:0}',
    'a:focus{outline:3px solid currentColor;outline-offset:2px}',
    '@media (max-width:480px){.pad{padding:28px 20px !important}.title{font-size:25px !important;line-height:31px !important}',
    '.full{width:100% !important}.stack{display:block !important;width:auto !important;padding:0 0 12px 0 !important}',
    '.wide{display:block !important;text-align:center !important}',
    '.label{display:block !important;width:auto !important;padding-bottom:0 !important}',
    '.value{display:block !important;width:auto !important;padding-top:2px !important}}',
    `@media (prefers-color-scheme:dark){${dark}}`,
    outlook,
  ].join('\n');
}

function important(rule: string): string {
  return rule
    .split(';')
    .map(part => `${part} !important`)
    .join(';');
}
