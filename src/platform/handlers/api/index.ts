/** The API and every page without a function of its own: the one Express app behind API Gateway. */
import { join } from 'node:path';
import serverlessHttp from 'serverless-http';
import { type AwsRuntime, coldRuntime } from '../../aws/runtime.ts';
import { createApp } from '../../http.ts';
import type { HttpAnswer, HttpEvent } from '../events.ts';

type Api = (event: HttpEvent) => Promise<HttpAnswer>;

let api: Api | undefined;

export function handler(event: HttpEvent): Promise<HttpAnswer> {
  api ??= apiOf(coldRuntime());
  return api(event);
}

export function apiOf({ ports, config }: AwsRuntime): Api {
  if (config.operatorKey === null) throw new Error('SIS_OPERATOR_KEY is missing.');
  // Packaged beside the function (serverless.yml).
  const dashboard = join(process.cwd(), 'dist', 'dashboard');
  const app = createApp(ports, { operatorKey: config.operatorKey, dashboard });
  const run = serverlessHttp(app, { provider: 'aws', binary: ['image/png', 'image/jpeg', 'image/webp'] });
  return async event => withCookies((await run(event, {})) as HttpAnswer);
}

/** The gateway's own place for a cookie that is set: among the headers it promises nothing. */
function withCookies({ headers, ...answer }: HttpAnswer): HttpAnswer {
  const { 'set-cookie': cookie, ...others } = headers;
  return cookie === undefined ? { ...answer, headers } : { ...answer, headers: others, cookies: [cookie] };
}
