/** The environment, read once: all that is wrong is named in one message. */
import { describe, expect, test } from '@jest/globals';
import { readAwsConfig, readLocalConfig } from '../../src/platform/config.ts';

describe('the settings of one machine', () => {
  test('nothing set gives the defaults', () => {
    const read = readLocalConfig({});
    expect(read).toMatchObject({
      ok: true,
      config: {
        httpPort: 3000,
        smtpPort: 2525,
        dataDir: '.sis',
        baseUrl: null,
        mailDomain: 'sis.localhost',
        relay: null,
        dns: null,
        trustLoopback: true,
        trustProxy: false,
        sendRate: 500,
        clockOffsetSeconds: 0,
        secret: null,
        operatorKey: null,
        limits: { COALESCE_SECONDS: 60, BLAST_RADIUS: 25, VIP_ADDRESSES: 500, INBOUND_BYTES: 10_485_760 },
      },
    });
  });

  test('each setting is read as it is meant', () => {
    const read = readLocalConfig({
      SIS_HTTP_PORT: '0',
      SIS_BASE_URL: 'https://invites.example.com/',
      SIS_MAIL_DOMAIN: 'Invites.Example.COM',
      SIS_SMTP_RELAY: 'smtp://127.0.0.1:2526',
      SIS_DNS: '[::1]:5353',
      SIS_TRUST_LOOPBACK: 'FALSE',
      SIS_CLOCK_OFFSET_SECONDS: '-3600',
      SIS_LIMIT_COALESCE_SECONDS: '5',
      SIS_SEND_RATE: ' ',
    });
    expect(read).toMatchObject({
      ok: true,
      config: {
        httpPort: 0,
        baseUrl: 'https://invites.example.com',
        mailDomain: 'invites.example.com',
        relay: { host: '127.0.0.1', port: 2526 },
        dns: { host: '::1', port: 5353 },
        trustLoopback: false,
        clockOffsetSeconds: -3600,
        sendRate: 500,
        limits: { COALESCE_SECONDS: 5 },
      },
    });
  });

  test('everything that is wrong is named at once', () => {
    const read = readLocalConfig({
      SIS_HTTP_PORT: '2525',
      SIS_BASE_URL: 'invites.example.com',
      SIS_MAIL_DOMAIN: 'no domain',
      SIS_SMTP_RELAY: '127.0.0.1:25',
      SIS_TRUST_PROXY: 'yes',
      SIS_SEND_RATE: 'many',
      SIS_LIMIT_NOTHING: '1',
      SIS_LIMIT_LEASE_SECONDS: 'NaN',
      SIS_SECRET: 'short',
    });
    expect(read).toEqual({
      ok: false,
      problems: [
        'SIS_MAIL_DOMAIN must be a domain name such as invites.example.com.',
        'SIS_TRUST_PROXY must be true or false.',
        'SIS_LIMIT_NOTHING names no limit.',
        'SIS_LIMIT_LEASE_SECONDS must be a whole number from 0 to 9007199254740991.',
        'SIS_SECRET must have at least 16 characters.',
        'SIS_BASE_URL must be a web address such as https://invites.example.com, without ? or #.',
        'SIS_SMTP_RELAY must look like smtp://host:port.',
        'SIS_SEND_RATE must be a whole number from 1 to 100000.',
        'SIS_HTTP_PORT and SIS_SMTP_PORT are the same port.',
      ],
    });
  });
});

describe('the settings on AWS', () => {
  test('all that is missing is named at once', () => {
    const read = readAwsConfig({});
    if (read.ok) throw new Error('nothing is set');
    expect(read.problems.map(problem => problem.split(' ')[0])).toEqual(
      expect.arrayContaining([
        'SIS_MAIL_DOMAIN',
        'SIS_SECRET',
        'SIS_BASE_URL',
        'SIS_AWS_TABLE',
        'SIS_AWS_BUCKET',
        'AWS_REGION',
      ]),
    );
  });
});
