import { expect, test } from '@playwright/test';
import type { APIRequestContext } from '@playwright/test';
import * as oauth from 'oauth4webapi';
import * as addresses from '../support/addresses.ts';
import { signInByForms } from '../support/hosted-page.ts';
import { client as registered, jane } from '../support/people.ts';

// What docs/NATIVE.md shows, with the library that it shows.
const insecure = { [oauth.allowInsecureRequests]: true } as const;
const { clientId } = registered('0oaWireNative0000001');
const client: oauth.Client = { client_id: clientId };

async function discover(): Promise<oauth.AuthorizationServer> {
  const issuer = new URL(addresses.org);
  return oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure));
}

/** Signs in as a program on the person's own device does, which keeps no secret. */
async function signIn(request: APIRequestContext, redirectUri: string) {
  const server = await discover();
  const verifier = oauth.generateRandomCodeVerifier();
  const state = oauth.generateRandomState();
  const nonce = oauth.generateRandomNonce();
  const url = new URL(server.authorization_endpoint ?? '');
  url.search = String(
    new URLSearchParams({
      client_id: clientId,
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: 'openid profile email offline_access',
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    }),
  );
  const ending = await signInByForms(request, url, jane, ({ href }) => href.startsWith(redirectUri));
  const callback = oauth.validateAuthResponse(server, client, ending.url, state);
  const answer = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    oauth.None(),
    callback,
    redirectUri,
    verifier,
    insecure,
  );
  const options = { expectedNonce: nonce, requireIdToken: true };
  return { server, tokens: await oauth.processAuthorizationCodeResponse(server, client, answer, options) };
}

const refresh = (server: oauth.AuthorizationServer, token = '') =>
  oauth.refreshTokenGrantRequest(server, client, oauth.None(), token, insecure);

for (const redirectUri of ['com.example.portico:/callback', 'http://127.0.0.1:51004/callback']) {
  test(`a native app signs in by ${redirectUri} and its refresh tokens rotate`, async ({ request }) => {
    const { server, tokens } = await signIn(request, redirectUri);
    expect(oauth.getValidatedIdTokenClaims(tokens)?.sub).toBeTruthy();
    const first = await oauth.processRefreshTokenResponse(server, client, await refresh(server, tokens.refresh_token));
    expect(first.refresh_token).not.toBe(tokens.refresh_token);
    const answer = await oauth.userInfoRequest(server, client, first.access_token, insecure);
    const subject = oauth.getValidatedIdTokenClaims(tokens)?.sub ?? '';
    expect((await oauth.processUserInfoResponse(server, client, subject, answer)).email).toBe(jane.login);

    // Who brings a used token again may have stolen it: the whole line ends.
    const replay = await refresh(server, tokens.refresh_token);
    expect([replay.status, await replay.json()]).toMatchObject([400, { error: 'invalid_grant' }]);
    const afterwards = await refresh(server, first.refresh_token);
    expect([afterwards.status, await afterwards.json()]).toMatchObject([400, { error: 'invalid_grant' }]);
  });
}

test('the address of a native app is the registered one, but for the port of loopback', async ({ request }) => {
  const { authorization_endpoint: endpoint = '' } = await discover();
  for (const [redirectUri, status] of [
    ['com.example.portico:/callback', 302],
    ['http://127.0.0.1:51004/callback', 302],
    ['com.example.portico:/elsewhere', 400],
    ['com.example.other:/callback', 400],
    ['http://127.0.0.1:51004/elsewhere', 400],
    ['http://localhost:51004/callback', 400],
  ] as const) {
    const query = new URLSearchParams({ client_id: clientId, redirect_uri: redirectUri, response_type: 'code' });
    const answer = await request.get(`${endpoint}?${query}`, { maxRedirects: 0 });
    expect(answer.status(), redirectUri).toBe(status);
  }
});
