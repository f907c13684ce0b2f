/** The named peer: a bare Express handler that answers a page of the same size from memory. */
import express from 'express';

const page = `<!doctype html><title>peer</title>${'x'.repeat(Number(process.argv[2] ?? 4096))}`;
const app = express();
app.get('/e/peer', (_request, response) => {
  response.type('html').send(page);
});
const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  process.stdout.write(`ready ${JSON.stringify({ http: `http://127.0.0.1:${port}`, smtp: '' })}\n`);
});
process.once('SIGTERM', () => process.exit(0));
