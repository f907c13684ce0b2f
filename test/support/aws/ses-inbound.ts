/** A mail as SES's receipt rule stores it: its own lines on top of the bytes that came over SMTP. */

export interface InboundEnvelope {
  /** The envelope's sender; empty for `<>`. */
  readonly mailFrom: string;
  readonly ip: string;
  readonly helo: string;
}

export function asSesStores(
  raw: Uint8Array,
  recipients: readonly string[],
  options: Partial<InboundEnvelope> & { readonly id: string; readonly region: string; readonly now: number },
): Uint8Array {
  const { id, region, now, mailFrom = '', ip = '192.0.2.25', helo = 'mail.example.org' } = options;
  const [only] = recipients;
  // A mail for several names none of them.
  const forClause = recipients.length === 1 && only !== undefined ? `\r\n for ${only};` : ';';
  const domain = mailFrom.split('@').at(-1) ?? '';
  const head = [
    `Return-Path: <${mailFrom}>`,
    `Received: from ${helo} (${helo} [${ip}])`,
    ` by inbound-smtp.${region}.amazonaws.com with SMTP id ${id}${forClause}`,
    ` ${new Date(now).toUTCString().replace('GMT', '+0000 (UTC)')}`,
    'X-SES-Spam-Verdict: PASS',
    'X-SES-Virus-Verdict: PASS',
    `Received-SPF: none (spfCheck: ${ip} is neither permitted nor denied by domain of ${domain}) client-ip=${ip}; envelope-from=${mailFrom}; helo=${helo};`,
    'Authentication-Results: amazonses.com;',
    ` spf=none (spfCheck: ${ip} is neither permitted nor denied by domain of ${domain}) client-ip=${ip}; envelope-from=${mailFrom}; helo=${helo};`,
    ` dmarc=none header.from=${domain};`,
    'X-SES-RECEIPT: AEFBQUFBQUFBQUFB',
    `X-SES-DKIM-SIGNATURE: a=rsa-sha256; q=dns/txt; b=AAAA; c=relaxed/simple; s=test; d=amazonses.com; t=${Math.floor(now / 1000)}; v=1; bh=AAAA; h=From:To:Cc:Bcc:Subject:Date:Message-ID:MIME-Version:Content-Type:X-SES-RECEIPT;`,
    '',
  ].join('\r\n');
  return Buffer.concat([Buffer.from(head, 'latin1'), raw]);
}
