/**
 * Shows HTML made for mail programs inside the dashboard. Its strict policy refuses style attributes, so each element is made anew from a
 * short list of harmless ones, its style is set through the DOM, and nothing of it links, loads or runs.
 */
const ELEMENTS = new Set([
  'A',
  'B',
  'BR',
  'CENTER',
  'DIV',
  'EM',
  'P',
  'SPAN',
  'STRONG',
  'TABLE',
  'TBODY',
  'TD',
  'TH',
  'TR',
  'UL',
  'OL',
  'LI',
  'H1',
  'H2',
  'H3',
  'SMALL',
]);
const ATTRIBUTES = [
  'align',
  'valign',
  'width',
  'height',
  'bgcolor',
  'cellpadding',
  'cellspacing',
  'border',
  'colspan',
  'dir',
  'lang',
];
const LOADS = /url\(|image-set|@import|expression/i;

export function fillPreview(host: ShadowRoot, markup: string): void {
  // Under names that the policy does not know: the parser itself would complain of each style.
  const plain = markup.replace(/(\s)style=/gi, '$1data-style=').replace(/<(\/?)style\b/gi, '<$1template');
  const { body } = new DOMParser().parseFromString(plain, 'text/html');
  const box = document.createElement('div');
  for (const child of copiesOf(body)) box.append(child);
  host.replaceChildren(box);
}

function copiesOf(parent: Node): Node[] {
  return [...parent.childNodes].flatMap(node => {
    if (node.nodeType === Node.TEXT_NODE) return [document.createTextNode(node.textContent ?? '')];
    if (!(node instanceof HTMLElement)) return [];
    if (!ELEMENTS.has(node.tagName))
      return ['TEMPLATE', 'SCRIPT', 'TITLE'].includes(node.tagName) ? [] : copiesOf(node);
    return [copyOf(node)];
  });
}

function copyOf(node: HTMLElement): HTMLElement {
  // A link without an address: it looks like one and goes nowhere.
  const copy = document.createElement(node.tagName);
  for (const name of ATTRIBUTES) {
    const value = node.getAttribute(name);
    if (value !== null) copy.setAttribute(name, value);
  }
  const style = node.getAttribute('data-style') ?? '';
  if (!LOADS.test(style)) copy.style.cssText = style;
  // Nothing of it may leave its box.
  copy.style.removeProperty('position');
  for (const child of copiesOf(node)) copy.append(child);
  return copy;
}
