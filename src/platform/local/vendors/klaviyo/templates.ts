/** Templates and universal content: what the product puts where a marketer finds it. */
import { fieldsAt, noContent, textAt, type VendorAnswer, valueAt } from '../exchange.ts';
import { invalid, notFound } from './problem.ts';
import { instant, longId, type Piece, shortId } from './state.ts';
import { type Handler, many, one, type Resource, type Visit } from './visit.ts';

const PAGES = { usual: 10, most: 10 } as const;
const UNIVERSAL_PAGES = { usual: 20, most: 100 } as const;
const EDITORS: readonly string[] = ['CODE', 'USER_DRAGGABLE', 'SYSTEM_DRAGGABLE'];
const BLOCKS: readonly string[] = [
  'button',
  'drop_shadow',
  'horizontal_rule',
  'html',
  'image',
  'spacer',
  'text',
];

export const listTemplates: Handler = visit => many(visit, visit.account.templates, PAGES, templateView);
export const getTemplate: Handler = ofPiece('templates', (visit, piece) =>
  one(visit, 200, templateView(piece)),
);
export const deleteTemplate: Handler = removing('templates');

export const postTemplate: Handler = visit => {
  const attributes = fieldsAt(visit.body, 'data', 'attributes');
  const name = textAt(attributes, 'name') ?? '';
  const editorType = textAt(attributes, 'editor_type') ?? '';
  const html = textAt(attributes, 'html') ?? '';
  if (name === '') return invalid('A template needs a name.', '/data/attributes/name');
  if (!EDITORS.includes(editorType))
    return invalid(
      'editor_type is none of CODE, USER_DRAGGABLE, SYSTEM_DRAGGABLE.',
      '/data/attributes/editor_type',
    );
  if (editorType === 'CODE' && !/\{%\s*unsubscribe/.test(html))
    return invalid('A coded template needs an unsubscribe tag.', '/data/attributes/html');
  const piece = newPiece(visit, { id: shortId(visit.random), name, html, editorType, definition: null });
  visit.account.templates.push(piece);
  return one(visit, 201, templateView(piece));
};

export const patchTemplate: Handler = ofPiece('templates', (visit, piece) => {
  const attributes = fieldsAt(visit.body, 'data', 'attributes');
  piece.name = textAt(attributes, 'name') ?? piece.name;
  piece.html = textAt(attributes, 'html') ?? piece.html;
  piece.updatedAt = instant(visit.clock.now());
  return one(visit, 200, templateView(piece));
});

export const listUniversal: Handler = visit =>
  many(visit, visit.account.universal, UNIVERSAL_PAGES, universalView);
export const getUniversal: Handler = ofPiece('universal', (visit, piece) =>
  one(visit, 200, universalView(piece)),
);
export const deleteUniversal: Handler = removing('universal');

export const postUniversal: Handler = visit => {
  const name = textAt(visit.body, 'data', 'attributes', 'name') ?? '';
  const definition = valueAt(visit.body, 'data', 'attributes', 'definition');
  if (name === '') return invalid('Universal content needs a name.', '/data/attributes/name');
  const wrong = wrongDefinition(definition);
  if (wrong !== undefined) return wrong;
  const html = textAt(definition, 'data', 'content') ?? '';
  const piece = newPiece(visit, { id: longId(visit), name, html, editorType: '', definition });
  visit.account.universal.push(piece);
  return one(visit, 201, universalView(piece));
};

export const patchUniversal: Handler = ofPiece('universal', (visit, piece) => {
  const definition = valueAt(visit.body, 'data', 'attributes', 'definition');
  if (definition !== undefined && definition !== null) {
    const wrong = wrongDefinition(definition);
    if (wrong !== undefined) return wrong;
    piece.definition = definition;
    piece.html = textAt(definition, 'data', 'content') ?? '';
  }
  piece.name = textAt(visit.body, 'data', 'attributes', 'name') ?? piece.name;
  piece.updatedAt = instant(visit.clock.now());
  return one(visit, 200, universalView(piece));
});

function wrongDefinition(definition: unknown): VendorAnswer | undefined {
  if (textAt(definition, 'content_type') !== 'block')
    return invalid('Only blocks can be made.', '/data/attributes/definition/content_type');
  if (!BLOCKS.includes(textAt(definition, 'type') ?? ''))
    return invalid('This kind of block is not supported.', '/data/attributes/definition/type');
  if (typeof valueAt(definition, 'data', 'display_options') !== 'object')
    return invalid('display_options is required.', '/data/attributes/definition/data/display_options');
  return undefined;
}

function newPiece(visit: Visit, given: Omit<Piece, 'createdAt' | 'updatedAt'>): Piece {
  const now = instant(visit.clock.now());
  return { ...given, createdAt: now, updatedAt: now };
}

function ofPiece(
  kind: 'templates' | 'universal',
  handle: (visit: Visit, piece: Piece) => VendorAnswer,
): Handler {
  return visit => {
    const piece = visit.account[kind].find(({ id }) => id === visit.parts[0]);
    return piece === undefined ? notFound('template') : handle(visit, piece);
  };
}

function removing(kind: 'templates' | 'universal'): Handler {
  return ofPiece(kind, (visit, piece) => {
    visit.account[kind] = visit.account[kind].filter(({ id }) => id !== piece.id);
    return noContent();
  });
}

function templateView(piece: Piece): Resource {
  return {
    type: 'template',
    id: piece.id,
    attributes: {
      name: piece.name,
      editor_type: piece.editorType,
      html: piece.html,
      text: null,
      amp: null,
      created: piece.createdAt,
      updated: piece.updatedAt,
    },
  };
}

function universalView(piece: Piece): Resource {
  return {
    type: 'template-universal-content',
    id: piece.id,
    attributes: {
      name: piece.name,
      definition: piece.definition,
      created: piece.createdAt,
      updated: piece.updatedAt,
      screenshot_status: 'never_generated',
      screenshot_url: '',
    },
  };
}
