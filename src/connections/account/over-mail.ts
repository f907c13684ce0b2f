/** The job `connection-over`: a platform no longer lets us in, and nobody may be looking at the dashboard. Each of the workspace is told once. */
import { createHash } from 'node:crypto';
import type { JobResult, Ports } from '../../kernel/ports.ts';
import { composeMail } from '../../mail/compose.ts';
import { renderMail } from '../../mail/layout.ts';
import { languageOf } from '../../organizers/brand.ts';
import { listMembers } from '../../organizers/members.ts';
import { planNotice } from '../../organizers/notices.ts';
import { type Language, texts } from '../../texts/catalogue.ts';
import { type Connection, TITLES } from './connection.ts';
import { connectionById } from './store.ts';

type MailPorts = Pick<Ports, 'table' | 'blobs' | 'clock' | 'random' | 'settings'>;

export async function tellOver(
  ports: MailPorts,
  { connection: id }: { readonly connection: string },
): Promise<JobResult> {
  const connection = await connectionById(ports, id);
  // Connected again, or given up, before anybody had to be told.
  if (connection?.state !== 'needs_reconnect') return { done: true };
  const language = await languageOf(ports, connection.workspace);
  for (const { id: member, email } of await listMembers(ports, connection.workspace)) {
    // One grant dies once, however often the job runs.
    const key = `connection-over ${id} ${connection.connectedAt} ${member}`;
    await mailTo(ports, connection, { key, to: email, language });
  }
  return { done: true };
}

async function mailTo(
  ports: MailPorts,
  connection: Connection,
  { key, to, language }: { readonly key: string; readonly to: string; readonly language: Language },
): Promise<void> {
  const { mailDomain, baseUrl } = ports.settings;
  const { reconnect: words, intake } = texts(language);
  const title = TITLES[connection.platform];
  const from = `create@${mailDomain}`;
  const { text, html } = renderMail({
    language,
    preheader: words.preheader(title),
    title: words.title(title),
    brand: { name: intake.brand },
    lead: words.lead(title, connection.account.name),
    blocks: [
      { kind: 'button', label: words.button, url: `${baseUrl}/connections/${connection.id}` },
      { kind: 'paragraph', text: words.meanwhile(title) },
    ],
    footer: [words.footer],
  });
  const raw = await composeMail({
    from: { name: intake.brand, address: from },
    to: { name: null, address: to },
    subject: words.title(title),
    text,
    html,
    messageId: `<${createHash('sha256').update(key).digest('hex').slice(0, 32)}@${mailDomain}>`,
    date: new Date(ports.clock.now()).toISOString(),
    autoSubmitted: 'auto-generated',
  });
  await planNotice(ports, { key, kind: 'organizer', to, from, raw, workspace: connection.workspace });
}
