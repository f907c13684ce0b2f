/** A workspace's brand: what its buttons look like, and the language it speaks where a reader's own is not known. A pair of colours that people can't read is refused, so that no button is. */
import { InputError, MissingError } from '../kernel/errors.ts';
import type { Key, Ports } from '../kernel/ports.ts';
import { type Language, texts } from '../texts/catalogue.ts';
import { isLanguage } from '../texts/languages.ts';
import { workspaceById } from './store.ts';

export interface Brand {
  /** Shown where a page or button says whose it is; null: the workspace's name. */
  readonly name: string | null;
  /** `#rrggbb`, of buttons. */
  readonly color: string;
  /** Of what is written on them. */
  readonly textColor: string;
  readonly language: Language;
}

export const DEFAULT_BRAND: Brand = { name: null, color: '#0b6353', textColor: '#ffffff', language: 'en' };

/** WCAG 2.2, 1.4.3. */
const LEAST_CONTRAST = 4.5;
/** No pure black: mail programs that turn colours around for the night leave these two readable. */
const LIGHT = '#ffffff';
const DARK = '#1a1a1a';

export async function brandOf(ports: Pick<Ports, 'table'>, workspace: string): Promise<Brand> {
  const row = await ports.table.get(brandKey(workspace));
  if (row === undefined) return DEFAULT_BRAND;
  const { name, color, textColor, language } = row;
  return {
    name: typeof name === 'string' ? name : null,
    color: String(color),
    textColor: String(textColor),
    language: languageIn(language),
  };
}

/** For whoever needs no more of the brand: mails, and pages whose visitor prefers none of our languages. */
export async function languageOf(ports: Pick<Ports, 'table'>, workspace: string): Promise<Language> {
  return (await brandOf(ports, workspace)).language;
}

function languageIn(text: unknown): Language {
  return typeof text === 'string' && isLanguage(text) ? text : DEFAULT_BRAND.language;
}

/** `textColor` left out: whichever of white and near-black is read better; `language` left out: as it was. */
export async function setBrand(
  ports: Pick<Ports, 'table'>,
  workspace: string,
  given: {
    readonly name: string | null;
    readonly color: string;
    readonly textColor?: string;
    readonly language?: Language;
  },
): Promise<Brand> {
  if ((await workspaceById(ports, workspace)) === undefined) {
    throw new MissingError('unknown_workspace', 'There is no such workspace.');
  }
  const color = given.color.toLowerCase();
  const textColor = given.textColor?.toLowerCase() ?? readableOn(color);
  const contrast = contrastOf(color, textColor);
  if (contrast < LEAST_CONTRAST) {
    throw new InputError('contrast_low', texts().buttons.contrast(color, textColor, readableOn(color)), {
      field: given.textColor === undefined ? 'color' : 'textColor',
    });
  }
  const language = given.language ?? (await languageOf(ports, workspace));
  const brand = { name: given.name, color, textColor, language };
  await ports.table.put({ ...brandKey(workspace), workspace, ...brand });
  return brand;
}

/** From 1 to 21 (WCAG's contrast ratio). */
export function contrastOf(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((left, right) => left - right);
  return (light + 0.05) / (dark + 0.05);
}

export function readableOn(color: string): string {
  return contrastOf(color, LIGHT) >= contrastOf(color, DARK) ? LIGHT : DARK;
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(at => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function brandKey(workspace: string): Key {
  return { pk: `W#${workspace}`, sk: 'BRAND' };
}
