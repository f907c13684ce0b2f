/** Saved templates: what the product puts into an account for its marketers. */
import { noContent, textAt } from '../exchange.ts';
import { answered, paged } from './partial.ts';
import { invalid, notFound } from './problem.ts';
import { instant, type Template, takeNumber } from './state.ts';
import type { Handler, Visit } from './visit.ts';

export const listTemplates: Handler = ({ account, request }) => {
  const type = request.query.get('type');
  const templates = type === null || type === 'user' ? account.templates : [];
  return answered(request, {
    templates: paged(request, templates).map(templateView),
    total_items: templates.length,
  });
};

export const postTemplate: Handler = ({ account, request, body, clock }) => {
  const name = textAt(body, 'name') ?? '';
  const html = textAt(body, 'html') ?? '';
  if (name === '') return invalid('name', 'This value should not be blank.');
  if (html === '') return invalid('html', 'This value should not be blank.');
  const now = instant(clock.now());
  const template: Template = { id: takeNumber(account), name, html, createdAt: now, editedAt: now };
  account.templates.push(template);
  return answered(request, templateView(template));
};

export const getTemplate: Handler = ofTemplate(({ request }, template) =>
  answered(request, templateView(template)),
);

export const patchTemplate: Handler = ofTemplate(({ request, body, clock }, template) => {
  template.name = textAt(body, 'name') ?? template.name;
  template.html = textAt(body, 'html') ?? template.html;
  template.editedAt = instant(clock.now());
  return answered(request, templateView(template));
});

export const deleteTemplate: Handler = ofTemplate(({ account }, template) => {
  account.templates = account.templates.filter(({ id }) => id !== template.id);
  return noContent();
});

function ofTemplate(handle: (visit: Visit, template: Template) => ReturnType<Handler>): Handler {
  return visit => {
    const template = visit.account.templates.find(({ id }) => String(id) === visit.parts[0]);
    return template === undefined ? notFound() : handle(visit, template);
  };
}

function templateView(template: Template): { readonly [name: string]: unknown } {
  return {
    id: template.id,
    type: 'user',
    name: template.name,
    drag_and_drop: false,
    responsive: false,
    category: '',
    date_created: template.createdAt,
    date_edited: template.editedAt,
    created_by: '',
    edited_by: '',
    active: true,
    thumbnail: '',
    share_url: '',
    content_type: 'html',
  };
}
