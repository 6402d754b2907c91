import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a {@link serve}d site answers to every request. */
export interface Answer {
  readonly body: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A site of one page on a free port of loopback, until the end of the block that awaits it. */
export async function serve(host: string, answer: Answer): Promise<AsyncDisposable & { origin: string }> {
  const headers = { 'content-type': 'text/html; charset=utf-8', ...answer.headers };
  const server = createServer((_, response) => response.writeHead(answer.status ?? 200, headers).end(answer.body));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://${host}:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
