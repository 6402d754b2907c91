import type { Page } from '@playwright/test';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as addresses from '../../support/addresses.ts';
import { Party } from '../../support/conformance/party.ts';
import { clients } from '../../support/conformance/provider.ts';
import { expect, test } from '../../support/conformance/test.ts';

/** A relying party that writes down how its front-channel logout address is asked. */
async function listen() {
  const asked: URL[] = [];
  const server = createServer((request, response) => {
    asked.push(new URL(request.url ?? '', 'http://localhost'));
    response.writeHead(200, { 'content-type': 'text/html', 'cache-control': 'no-store' }).end('<!doctype html>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/front-channel`;
  return {
    asked,
    address,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Nothing listens where the person is sent back to, so the browser is told that something does. */
const answerAtClient = (page: Page) =>
  page.route(`${addresses.clientSignedOut}**`, (route) => route.fulfill({ body: 'signed out' }));

test.describe('oidcc-frontchannel-rp-initiated-logout-certification-test-plan', () => {
  test('oidcc-frontchannel-logout-discovery-endpoint-verification', ({ provider }) => {
    expect(provider.metadata).toMatchObject({
      frontchannel_logout_supported: true,
      frontchannel_logout_session_supported: true,
      end_session_endpoint: expect.stringContaining(provider.org),
    });
  });

  test('oidcc-frontchannel-rp-initiated-logout', async ({ provider, page }) => {
    await using other = await listen();
    await provider.changeClient(clients.second.clientId, {
      participate_slo: true,
      frontchannel_logout_uri: other.address,
      frontchannel_logout_session_required: true,
    });
    // The page's own requests share its cookies, so that the browser is the one that signed in.
    const first = new Party(provider, page.request, 'query');
    const second = new Party(provider, page.request, 'query', clients.second);
    const signedIn = await first.signIn();
    const { claims } = await second.signIn({ prompt: 'none' });
    expect(claims['sid'], 'the ID token names the session').toBeTruthy();

    await answerAtClient(page);
    const signOut = new URL(provider.endpoint('end_session_endpoint'));
    const state = 'a-state';
    const parameters = {
      id_token_hint: signedIn.idToken,
      post_logout_redirect_uri: addresses.clientSignedOut,
      state,
    };
    signOut.search = String(new URLSearchParams(parameters));
    await page.goto(signOut.href);
    await expect(page).toHaveURL(`${addresses.clientSignedOut}?state=${state}`);

    expect(other.asked.map((url) => [url.pathname, url.searchParams.get('iss'), url.searchParams.get('sid')])).toEqual([
      ['/front-channel', provider.org, claims['sid']],
    ]);
    await first.expectSignedOut();
  });
});
