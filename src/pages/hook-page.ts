/** `/hooks/<platform>/<connection>/<secret>`: where platforms tell us what changed. GET and HEAD are how they see that somebody is there. */
import { isPlatform } from '../../connectors/registry.ts';
import { acceptHook, type HookOutcome } from '../connections/account/hooks.ts';
import type { Ports } from '../kernel/ports.ts';
import { safeHeaders } from './document.ts';
import { isReading, type PageAnswer, type PageRequest } from './page.ts';

/** Mailchimp stops calling where it hears 410; what is signed but unreadable would only come again. */
const STATUS: Readonly<Record<HookOutcome, number>> = {
  accepted: 200,
  unreadable: 200,
  refused: 401,
  gone: 410,
};

export async function hookPage(ports: Ports, request: PageRequest, name: string): Promise<PageAnswer> {
  if (isReading(request)) return plain(200);
  const [platform = '', connection = '', segment = ''] = name.split('/');
  if (!isPlatform(platform)) return plain(STATUS.refused);
  const { headers, raw = Buffer.from(request.body) } = request;
  const outcome = await acceptHook(ports, { platform, connection, segment, raw, headers });
  return plain(STATUS[outcome]);
}

function plain(status: number): PageAnswer {
  return { status, headers: { ...safeHeaders(true), 'content-type': 'text/plain; charset=utf-8' }, body: '' };
}
