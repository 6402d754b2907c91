import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, extname, join, normalize } from 'node:path';

/** Generations of the widget: the files of each that a page loads. */
export const generations = {
  2: { script: 'js/okta-sign-in.min.js', style: 'css/okta-sign-in.min.css' },
  3: { script: 'js/okta-sign-in.next.js', style: 'css/okta-sign-in.next.css' },
} as const;

export type Generation = keyof typeof generations;

const widget = join(dirname(createRequire(import.meta.url).resolve('@okta/okta-signin-widget/package.json')), 'dist');

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
};

/** The site of an app that embeds the widget: a page for each generation, and the widget as the registry has it. */
export async function startEmbeddingSite(origin: string): Promise<Server> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', origin);
    const generation = /^\/gen([23])$/.exec(pathname)?.[1];
    if (generation) return void html(response, page(Number(generation) as Generation));
    if (pathname === '/callback') return void html(response, '<!doctype html><title>Answered</title>');
    if (pathname.startsWith('/widget/')) return file(response, pathname.slice('/widget/'.length));
    response.writeHead(404).end();
  });
  server.listen(Number(new URL(origin).port), 'localhost');
  await once(server, 'listening');
  return server;
}

function html(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(body);
}

function file(response: ServerResponse, name: string): void {
  const path = normalize(join(widget, decodeURIComponent(name)));
  const stream = createReadStream(path.startsWith(widget) ? path : widget);
  stream.once('open', () => response.writeHead(200, { 'content-type': types[extname(path)] ?? 'text/plain' }));
  stream.once('error', () => response.writeHead(404).end());
  stream.pipe(response);
}

/** Shows the widget with the configuration of the query, and writes down what becomes of it. */
function page(generation: Generation): string {
  const { script, style } = generations[generation];
  return `<!doctype html>
<html lang="en">
  <head>
    <title>An app with the widget</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="/widget/${style}">
    <script src="/widget/${script}"></script>
  </head>
  <body>
    <div id="widget"></div>
    <output id="outcome"></output>
    <script>
      const configuration = JSON.parse(new URLSearchParams(location.search).get('configuration'));
      const outcome = document.getElementById('outcome');
      const widget = new OktaSignIn(configuration);
      widget.showSignIn({ el: '#widget' }).then(
        ({ status, tokens }) => (outcome.textContent = status + ' ' + tokens.idToken.claims.preferred_username),
        (error) => (outcome.textContent = 'ERROR ' + error.message),
      );
    </script>
  </body>
</html>`;
}
