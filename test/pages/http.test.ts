/** The pages as a browser gets them: through Express, with real sockets. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import express from 'express';
import request from 'supertest';
import { dashboardLink } from '../../src/events/links.ts';
import { routes } from '../../src/pages/routes.ts';
import { mailEvent } from '../support/pages.ts';
import { localWorld, type TestWorld } from '../support/world.ts';

let world: TestWorld;
let app: express.Express;

beforeEach(async () => {
  world = await localWorld();
  app = express().use(routes(world));
});

afterEach(() => world.close());

describe('pages over HTTP', () => {
  test('GET, HEAD and POST of an event', async () => {
    const { slug } = await mailEvent(world);
    const page = await request(app).get(`/e/${slug}`);
    expect([page.status, page.type]).toEqual([200, 'text/html']);
    const head = await request(app).head(`/e/${slug}`);
    expect([head.status, head.text ?? '']).toEqual([200, '']);
    const asked = await request(app).post(`/e/${slug}`).type('form').send({ email: 'bob@example.org' });
    expect([asked.status, asked.text.includes('Check your inbox')]).toEqual([200, true]);
  });

  test('a body beyond the limit is 413, a compressed one 415, both in words', async () => {
    const { slug } = await mailEvent(world);
    const large = await request(app)
      .post(`/e/${slug}`)
      .type('form')
      .send(`email=${'x'.repeat(100_000)}`);
    expect([large.status, large.type]).toEqual([413, 'text/html']);
    const packed = await request(app)
      .post(`/e/${slug}`)
      .type('form')
      .set('Content-Encoding', 'gzip')
      .send('x');
    expect([packed.status, packed.type]).toEqual([415, 'text/html']);
  });

  test('counts the peer’s network, whatever headers claim (T37)', async () => {
    const { slug } = await mailEvent(world);
    const statuses: number[] = [];
    for (let count = 0; count < 11; count += 1) {
      const asked = await request(app)
        .post(`/e/${slug}`)
        .type('form')
        .set('X-Forwarded-For', `192.0.2.${count}`)
        .send({ email: `p${count}@example.org` });
      statuses.push(asked.status);
    }
    expect(statuses).toEqual([...Array(10).fill(200), 429]);
  });

  test('takes the network from the platform where it names one', async () => {
    const { slug } = await mailEvent(world);
    let network = 0;
    const behindProxy = express()
      .use((_request, response, next) => {
        network += 1;
        response.locals.network = `192.0.2.${network}`;
        next();
      })
      .use(routes(world));
    for (let count = 0; count < 12; count += 1) {
      const asked = await request(behindProxy)
        .post(`/e/${slug}`)
        .type('form')
        .send({ email: `p${count}@example.org` });
      expect(asked.status).toBe(200);
    }
  });

  test('streams the people’s file', async () => {
    const event = await mailEvent(world);
    const path = dashboardLink(world, event).slice(world.settings.baseUrl.length);
    const file = await request(app).get(`${path}/people.csv`);
    expect([file.status, file.type]).toEqual([200, 'text/csv']);
    expect(file.text).toContain('"email","state","answer"');
    const head = await request(app).head(`${path}/people.csv`);
    expect([head.status, head.text ?? '']).toEqual([200, '']);
  });

  test('an unknown address is a friendly page', async () => {
    const page = await request(app).get('/no/such/page');
    expect([page.status, page.type, page.text.includes('There is nothing here')]).toEqual([
      404,
      'text/html',
      true,
    ]);
  });
});
