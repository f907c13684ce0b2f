/** A button as a saved template: a whole, small mail to start a campaign from. */

export function templateHtml(name: string, button: string): string {
  if (/<html[\s>]/i.test(button)) return button;
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    `<title>${escaped(name)}</title></head><body style="margin:0;padding:24px">`,
    '<div mc:edit="above"></div>',
    button,
    '<div mc:edit="below"></div>',
    '<p style="font-size:12px">*|LIST:ADDRESSLINE|* <a href="*|UNSUB|*">Unsubscribe</a></p>',
    '</body></html>',
  ].join('\n');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
