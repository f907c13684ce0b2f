/** The API and every page without a function of its own: the one Express app behind API Gateway. */
import serverlessHttp from 'serverless-http';
import { type AwsRuntime, coldRuntime } from '../aws/runtime.ts';
import { createApp } from '../http.ts';
import type { HttpAnswer, HttpEvent } from './events.ts';

type Api = (event: HttpEvent) => Promise<HttpAnswer>;

let api: Api | undefined;

export function handler(event: HttpEvent): Promise<HttpAnswer> {
  api ??= apiOf(coldRuntime());
  return api(event);
}

export function apiOf({ ports, config }: AwsRuntime): Api {
  if (config.operatorKey === null) throw new Error('SIS_OPERATOR_KEY is missing.');
  const run = serverlessHttp(createApp(ports, { operatorKey: config.operatorKey }), { provider: 'aws' });
  return async event => (await run(event, {})) as HttpAnswer;
}
