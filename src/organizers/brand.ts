/** A workspace's brand: what its buttons look like, and the language it speaks where a reader's own is not known. A pair of colours that people can't read is refused, so that no button is. */
import { InputError, MissingError } from '../kernel/errors.ts';
import type { Key, Ports, Row } from '../kernel/ports.ts';
import { type Language, texts } from '../texts/catalogue.ts';
import { languageIn } from '../texts/languages.ts';
import { contrastOf, LEAST_CONTRAST, readableOn } from './contrast.ts';
import { workspaceById } from './store.ts';

export interface Brand {
  /** Shown where a page or button says whose it is; null: the workspace's name. */
  readonly name: string | null;
  /** `#rrggbb`, of buttons. */
  readonly color: string;
  /** Of what is written on them. */
  readonly textColor: string;
  readonly language: Language;
  readonly logo: Logo | null;
}

export interface Logo {
  /** In `/logo/<name>`. */
  readonly name: string;
  readonly width: number;
  readonly height: number;
}

export const DEFAULT_BRAND: Brand = {
  name: null,
  color: '#0b6353',
  textColor: '#ffffff',
  language: 'en',
  logo: null,
};

export async function brandOf(ports: Pick<Ports, 'table'>, workspace: string): Promise<Brand> {
  const row = await ports.table.get(brandKey(workspace));
  return row === undefined ? DEFAULT_BRAND : brandIn(row);
}

function brandIn({ name, color, textColor, language, logo, logoWidth, logoHeight }: Row): Brand {
  return {
    name: typeof name === 'string' ? name : null,
    color: typeof color === 'string' ? color : DEFAULT_BRAND.color,
    textColor: typeof textColor === 'string' ? textColor : DEFAULT_BRAND.textColor,
    language: languageIn(language) ?? DEFAULT_BRAND.language,
    logo:
      typeof logo === 'string' ? { name: logo, width: Number(logoWidth), height: Number(logoHeight) } : null,
  };
}

/** For whoever needs no more of the brand: mails, and pages whose visitor prefers none of our languages. */
export async function languageOf(ports: Pick<Ports, 'table'>, workspace: string): Promise<Language> {
  return (await brandOf(ports, workspace)).language;
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
  const { color, textColor } = checkedColors(given);
  const { name, language } = given;
  const look = { name, color, textColor };
  return written(ports, workspace, language === undefined ? look : { ...look, language });
}

/** `textColor` left out: whichever of white and near-black is read better. */
export function checkedColors(given: { readonly color: string; readonly textColor?: string }): {
  readonly color: string;
  readonly textColor: string;
} {
  const color = given.color.toLowerCase();
  const textColor = given.textColor?.toLowerCase() ?? readableOn(color);
  if (contrastOf(color, textColor) < LEAST_CONTRAST) {
    throw new InputError('contrast_low', texts().buttons.contrast(color, textColor, readableOn(color)), {
      field: given.textColor === undefined ? 'color' : 'textColor',
    });
  }
  return { color, textColor };
}

export function keepLogo(ports: Pick<Ports, 'table'>, workspace: string, logo: Logo | null): Promise<Brand> {
  return written(ports, workspace, {
    logo: logo?.name ?? null,
    logoWidth: logo?.width ?? null,
    logoHeight: logo?.height ?? null,
  });
}

/** Only what is named changes: colours and logo are set apart from each other. */
async function written(
  ports: Pick<Ports, 'table'>,
  workspace: string,
  set: { readonly [name: string]: string | number | null },
): Promise<Brand> {
  const row = await ports.table.update(
    brandKey(workspace),
    { set: { workspace, ...set } },
    { orCreate: true },
  );
  return row === undefined ? DEFAULT_BRAND : brandIn(row);
}

function brandKey(workspace: string): Key {
  return { pk: `W#${workspace}`, sk: 'BRAND' };
}
