/**
 * `/connect/<platform>`: a signed-in browser goes to the platform to be asked. `/connect/<platform>/callback`: it comes back, and ends on
 * the dashboard with the connection, or with the word for what went wrong.
 */
import { isPlatform } from '../../connectors/registry.ts';
import { beginConnect, finishConnect } from '../connections/account/connect.ts';
import type { Ports } from '../kernel/ports.ts';
import { sessionOf } from '../organizers/session.ts';
import type { ConnectProblem } from '../texts/en/connections.ts';
import { safeHeaders } from './document.ts';
import { missingPage, wrongPage } from './messages.ts';
import { type PageAnswer, type PageRequest, queryOf } from './page.ts';
import { speechOf } from './speech.ts';

export async function connectPage(ports: Ports, request: PageRequest, platform: string): Promise<PageAnswer> {
  if (!isPlatform(platform)) return missingPage(speechOf(request), 'page');
  if (request.method !== 'GET') return wrongPage(speechOf(request), 'method', { allow: 'GET' });
  const session = await sessionOf(ports, request.headers.cookie);
  if (session === null) return redirect(`/signin?next=${encodeURIComponent(`/connect/${platform}`)}`);
  if (session.workspace === null) return withProblem('workspace_missing');
  const { id, workspace, browser } = session;
  const begun = await beginConnect(ports, { id, workspace, browser }, platform);
  return 'problem' in begun ? withProblem(begun.problem) : redirect(begun.url);
}

export async function connectedPage(
  ports: Ports,
  request: PageRequest,
  platform: string,
): Promise<PageAnswer> {
  if (!isPlatform(platform)) return missingPage(speechOf(request), 'page');
  if (request.method !== 'GET') return wrongPage(speechOf(request), 'method', { allow: 'GET' });
  const query = queryOf(request);
  const session = await sessionOf(ports, request.headers.cookie);
  const finished = await finishConnect(ports, session, {
    platform,
    state: query.get('state'),
    code: query.get('code'),
    error: query.get('error'),
  });
  return 'problem' in finished
    ? withProblem(finished.problem)
    : redirect(`/connections/${finished.connection.id}`);
}

function withProblem(problem: ConnectProblem): PageAnswer {
  return redirect(`/connections?problem=${problem}`);
}

function redirect(location: string): PageAnswer {
  return { status: 303, headers: { ...safeHeaders(true), location }, body: '' };
}
