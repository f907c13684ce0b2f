/** The mail with the sign-in link. It says who asked for it and what to do if that was nobody; it holds no stranger's words. */
import { createHash } from 'node:crypto';
import type { Ports } from '../kernel/ports.ts';
import { composeMail } from '../mail/compose.ts';
import { renderMail } from '../mail/layout.ts';
import { type Language, texts } from '../texts/catalogue.ts';
import { planNotice } from './notices.ts';

export async function planSignInMail(
  ports: Pick<Ports, 'table' | 'blobs' | 'clock' | 'random' | 'settings'>,
  mail: {
    readonly key: string;
    readonly to: string;
    readonly link: string;
    readonly language: Language;
  },
): Promise<void> {
  const { language } = mail;
  const words = texts(language).signin.mail;
  const from = `create@${ports.settings.mailDomain}`;
  const minutes = Math.round(ports.settings.limits.SIGNIN_SECONDS / 60);
  const { text, html } = renderMail({
    language,
    preheader: words.preheader(minutes),
    title: words.title,
    brand: { name: words.brand },
    lead: words.lead,
    blocks: [
      { kind: 'button', label: words.button, url: mail.link },
      { kind: 'paragraph', text: words.once(minutes) },
      { kind: 'paragraph', text: words.elsewhere },
      { kind: 'note', text: words.notYou },
    ],
    footer: [words.footer],
  });
  const raw = await composeMail({
    from: { name: words.brand, address: from },
    to: { name: null, address: mail.to },
    subject: words.subject,
    text,
    html,
    messageId: `<${createHash('sha256').update(mail.key).digest('hex').slice(0, 32)}@${ports.settings.mailDomain}>`,
    date: new Date(ports.clock.now()).toISOString(),
    autoSubmitted: 'auto-generated',
  });
  await planNotice(ports, { key: mail.key, kind: 'signin', to: mail.to, from, raw, workspace: null });
}
