/** A button as universal content: the marketer drags it from there, and a later change reaches every mail not yet sent. */
import { PlatformError } from '../contract.ts';
import { unreadable } from '../failure.ts';
import { fieldsOf, textOf } from '../json.ts';
import { called, type KlaviyoApi, type Reply } from './sdk.ts';

interface Button {
  readonly name: string;
  readonly html: string;
  readonly standing: string | null;
}

export async function saveButton(
  api: KlaviyoApi,
  button: Button,
): Promise<{ readonly id: string; readonly place: 'universal_content' }> {
  const changed = button.standing === null ? null : await change(api, button.standing, button);
  const reply = changed ?? (await create(api, button));
  const id = textOf(fieldsOf(reply.body.data).id);
  if (id === null) throw unreadable('klaviyo', 'writes');
  return { id, place: 'universal_content' };
}

function create(api: KlaviyoApi, button: Button): Promise<Reply> {
  return called('writes', () =>
    api.templates.createUniversalContent({
      data: { type: 'template-universal-content', attributes: attributesOf(button) },
    }),
  );
}

/** Null: the marketer deleted it. */
async function change(api: KlaviyoApi, id: string, button: Button): Promise<Reply | null> {
  try {
    return await called('writes', () =>
      api.templates.updateUniversalContent(id, {
        data: { type: 'template-universal-content', id, attributes: attributesOf(button) },
      }),
    );
  } catch (error) {
    if (error instanceof PlatformError && error.kind === 'absent') return null;
    throw error;
  }
}

function attributesOf({ name, html }: Button): {
  name: string;
  definition: {
    contentType: 'block';
    type: 'html';
    data: { content: string; displayOptions: Record<string, never> };
  };
} {
  return {
    name,
    definition: { contentType: 'block', type: 'html', data: { content: html, displayOptions: {} } },
  };
}
