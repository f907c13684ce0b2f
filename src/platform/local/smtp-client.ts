/** Hands one mail to an SMTP server of this machine: what the demo, the simulated mailboxes and the benches send with. */
import SMTPConnection from 'nodemailer/lib/smtp-connection';

export interface Delivery {
  readonly port: number;
  /** Empty for the null sender. */
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: Uint8Array;
}

/** Resolves on 250; rejects with the server's answer otherwise (`responseCode`). */
export async function sendMail({ port, from, to, raw }: Delivery): Promise<void> {
  const connection = new SMTPConnection({ host: '127.0.0.1', port, ignoreTLS: true, name: 'localhost' });
  try {
    await new Promise<void>((resolve, reject) => {
      connection.once('error', reject);
      connection.connect(error => {
        if (error) return reject(error);
        connection.send({ from: from === '' ? false : from, to: [...to] }, Buffer.from(raw), sent =>
          sent ? reject(sent) : resolve(),
        );
      });
    });
    connection.quit();
  } catch (error) {
    connection.close();
    throw error;
  }
}
