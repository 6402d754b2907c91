import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { OktaAuth } from '@okta/okta-auth-js';
import * as addresses from '../support/addresses.ts';
import { client, jane } from '../support/people.ts';
import { enterCredentials } from '../support/sign-in.ts';
import { serve } from '../support/serve.ts';

declare const auth: OktaAuth;

const { clientId } = client('0oaWireSinglePage001');
const site = addresses.singlePageApp;
const entry = createRequire(import.meta.url).resolve('@okta/okta-auth-js');
const library = readFileSync(join(dirname(entry), '../../umd/default.js'), 'utf8');

// What docs/SPA.md shows, with the library that it shows.
const page = `<!doctype html>
<html lang="en">
  <title>A single-page app</title>
  <link rel="icon" href="data:,">
  <script src="/okta-auth-js.js"></script>
  <script>
    const auth = new OktaAuth.OktaAuth({
      issuer: '${addresses.org}',
      clientId: '${clientId}',
      redirectUri: location.origin + '/',
      scopes: ['openid', 'profile', 'email', 'offline_access'],
    });
  </script>
</html>`;

let server: Server;

test.beforeAll(async () => {
  server = createServer(({ url }, response) => {
    const isLibrary = url === '/okta-auth-js.js';
    const type = isLibrary ? 'text/javascript' : 'text/html; charset=utf-8';
    response.writeHead(200, { 'content-type': type }).end(isLibrary ? library : page);
  });
  server.listen(Number(new URL(site).port), '127.0.0.1');
  await once(server, 'listening');
});

test.afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** Brings a refresh token to the org from the page that is open, and says what a script may read of the answer. */
const renewBy = (tab: Page, token: string) =>
  tab.evaluate(
    async ({ org, id, refresh }) => {
      const body = new URLSearchParams({ grant_type: 'refresh_token', client_id: id, refresh_token: refresh });
      const answer = await fetch(`${org}/oauth2/v1/token`, { method: 'POST', body }).catch(() => undefined);
      return answer ? ((await answer.json()) as { error?: string }).error : 'no access';
    },
    { org: addresses.org, id: clientId, refresh: token },
  );

test('okta-auth-js signs in, renews by rotation and signs out in a page of its own', async ({ page: tab }) => {
  await tab.goto(site);
  await tab.evaluate(() => auth.signInWithRedirect());
  await enterCredentials(tab, jane);
  await tab.waitForURL(({ origin, searchParams }) => origin === site && searchParams.has('code'));
  await tab.evaluate(() => auth.handleLoginRedirect());
  expect(await tab.evaluate(async () => (await auth.getUser()).email)).toBe(jane.login);

  const first = await tab.evaluate(() => auth.tokenManager.getTokensSync().refreshToken?.refreshToken ?? '');
  const second = await tab.evaluate(async () => {
    auth.tokenManager.setTokens(await auth.token.renewTokens());
    return auth.tokenManager.getTokensSync().refreshToken?.refreshToken ?? '';
  });
  expect(second).not.toBe(first);

  // Another site reads nothing, the own one reads that a used token ends the whole line.
  await using stranger = await serve('127.0.0.1', { body: '<!doctype html><title>Elsewhere</title>' });
  const elsewhere = await tab.context().newPage();
  await elsewhere.goto(stranger.origin);
  expect(await renewBy(elsewhere, 'made-up')).toBe('no access');
  expect(await renewBy(tab, first)).toBe('invalid_grant');
  expect(await renewBy(tab, second)).toBe('invalid_grant');

  const away = tab.waitForRequest(/\/v1\/logout\?/);
  const back = tab.waitForEvent('load');
  await tab.evaluate(() => void auth.signOut({ clearTokensBeforeRedirect: true, postLogoutRedirectUri: `${location.origin}/` }));
  await Promise.all([away, back]);
  expect(new URL(tab.url()).origin).toBe(site);
  expect(await tab.evaluate(() => auth.tokenManager.getTokensSync())).toEqual({});
});
