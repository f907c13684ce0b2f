/** How long a platform wants us to wait: seconds or an HTTP date, which is compared with the answer's own Date. Capped. */
import { RETRY_AFTER_MAX_MS } from './limits.ts';

const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

export function retryAfterMs(retryAfter: string | null, date: string | null): number | null {
  const text = (retryAfter ?? '').trim();
  if (text.length > 64) return null;
  if (/^\d+(?:\.\d+)?$/.test(text)) return capped(Number(text) * 1_000);
  return HTTP_DATE.test(text) ? capped(Date.parse(text) - Date.parse(date ?? '')) : null;
}

function capped(milliseconds: number): number | null {
  if (!Number.isFinite(milliseconds)) return null;
  return Math.min(Math.max(Math.ceil(milliseconds), 0), RETRY_AFTER_MAX_MS);
}
