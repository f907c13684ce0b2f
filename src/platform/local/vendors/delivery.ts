/** Webhooks on their way out: really sent over HTTP, each attempt kept, and sent again as it was when asked. */
import type { Clock, Fetch } from '../../../kernel/ports.ts';

export interface Parcel {
  readonly hook: string;
  readonly url: string;
  /** What it tells of, in the vendor's word. */
  readonly about: string;
  readonly body: string;
  readonly type: string;
  /** Signs at the time of sending: a second attempt has a new time. */
  readonly headers: (now: number) => { readonly [name: string]: string };
}

export interface Delivery {
  readonly at: number;
  readonly hook: string;
  readonly url: string;
  readonly about: string;
  readonly body: string;
  /** As sent. */
  readonly headers: { readonly [name: string]: string };
  /** Null: nobody answered. */
  readonly status: number | null;
}

export interface Hooks {
  readonly deliveries: readonly Delivery[];
  /** Sends in the background. */
  post(parcel: Parcel): void;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
  /** The last, or the given, delivery once more, byte for byte: a replay. */
  repeat(index?: number): Promise<Delivery | undefined>;
  /** Whether somebody answers there, as vendors try when a webhook is made. */
  answers(url: string): Promise<boolean>;
}

const DELIVERY_MS = 10_000;
const KEPT = 1000;

export function openHooks(options: { readonly fetch: Fetch; readonly clock: Clock }): Hooks {
  const deliveries: Delivery[] = [];
  const underWay = new Set<Promise<unknown>>();
  const send = async (delivery: Omit<Delivery, 'status' | 'at'>): Promise<Delivery> => {
    const status = await options
      .fetch(delivery.url, {
        method: 'POST',
        headers: delivery.headers,
        body: delivery.body,
        redirect: 'manual',
        signal: AbortSignal.timeout(DELIVERY_MS),
      })
      .then(
        async response => {
          await response.arrayBuffer();
          return response.status;
        },
        () => null,
      );
    const done = { ...delivery, status, at: options.clock.now() };
    if (deliveries.length >= KEPT) deliveries.shift();
    deliveries.push(done);
    return done;
  };
  const track = <T>(work: Promise<T>): Promise<T> => {
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
    return work;
  };
  return {
    deliveries,
    post({ hook, url, about, body, type, headers }) {
      void track(
        send({
          hook,
          url,
          about,
          body,
          headers: { 'content-type': type, ...headers(options.clock.now()) },
        }),
      );
    },
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    async repeat(index = deliveries.length - 1) {
      const { at: _at, status: _status, ...delivery } = deliveries[index] ?? {};
      return 'url' in delivery ? track(send(delivery as Omit<Delivery, 'status' | 'at'>)) : undefined;
    },
    async answers(url) {
      // Only this machine is tried: the sandbox knocks at nobody else's door.
      if (!isLoopback(url)) return true;
      return options.fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(DELIVERY_MS) }).then(
        async response => {
          await response.arrayBuffer();
          return response.status === 200;
        },
        () => false,
      );
    },
  };
}

export function isLoopback(url: string): boolean {
  const host = URL.parse(url)?.hostname ?? '';
  return host === 'localhost' || host === '127.0.0.1' || host === '[::1]';
}
