/** What a bench asks of a running service through its API. */

const KEY = { authorization: 'Bearer operator-key-of-the-bench' };

export async function eventPages(http: string, count: number): Promise<string[]> {
  for (let tries = 0; tries < 2000; tries += 1) {
    const { items } = (await (await fetch(`${http}/api/v1/events`, { headers: KEY })).json()) as {
      items: { pageUrl: string }[];
    };
    if (items.length >= count) return items.map(item => item.pageUrl);
    await new Promise(resolve => setTimeout(resolve, 5));
  }
  throw new Error(`fewer than ${count} events after 10 seconds`);
}
