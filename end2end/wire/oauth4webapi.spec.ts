import { expect, test } from '@playwright/test';
import type { APIRequestContext } from '@playwright/test';
import * as oauth from 'oauth4webapi';
import * as addresses from '../support/addresses.ts';
import { clients, isCallback } from '../support/foreign-clients.ts';
import { signInByForms } from '../support/hosted-page.ts';
import { jane } from '../support/people.ts';

const insecure = { [oauth.allowInsecureRequests]: true } as const;

const authentication = (method: string, secret = ''): oauth.ClientAuth => {
  if (method === 'client_secret_basic') return oauth.ClientSecretBasic(secret);
  return method === 'client_secret_post' ? oauth.ClientSecretPost(secret) : oauth.None();
};

async function discover(issuer = addresses.org, algorithm: 'oidc' | 'oauth2' = 'oidc') {
  const url = new URL(issuer);
  return oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, { algorithm, ...insecure }));
}

/** Goes as far as the callback of the client, which may be exchanged. */
async function authorize(request: APIRequestContext, clientId: string) {
  const server = await discover();
  const client = { client_id: clientId };
  const verifier = oauth.generateRandomCodeVerifier();
  const state = oauth.generateRandomState();
  const nonce = oauth.generateRandomNonce();
  const url = new URL(server.authorization_endpoint ?? '');
  url.search = String(
    new URLSearchParams({
      client_id: clientId,
      redirect_uri: addresses.clientCallback,
      response_type: 'code',
      scope: 'openid profile email',
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    }),
  );
  const ending = await signInByForms(request, url, jane, isCallback);
  const callback = oauth.validateAuthResponse(server, client, ending.url, state);
  const { clientCallback } = addresses;
  const exchange = (auth: oauth.ClientAuth, proof = verifier) =>
    oauth.authorizationCodeGrantRequest(server, client, auth, callback, clientCallback, proof, insecure);
  return { server, client, nonce, exchange };
}

for (const { method, clientId, clientSecret } of clients) {
  test.describe(`oauth4webapi as a client with ${method}`, () => {
    const auth = authentication(method, clientSecret);

    test('completes the code flow and reads userinfo', async ({ request }) => {
      const { server, client, nonce, exchange } = await authorize(request, clientId);
      const options = { expectedNonce: nonce, requireIdToken: true };
      const response = await exchange(auth);
      expect(response.headers.get('cache-control')).toContain('no-store');
      const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, options);
      const claims = oauth.getValidatedIdTokenClaims(tokens);

      const answer = await oauth.userInfoRequest(server, client, tokens.access_token, insecure);
      const person = await oauth.processUserInfoResponse(server, client, claims?.sub ?? '', answer);
      expect(person.email).toBe(jane.login);
    });

    test('a code can be exchanged once', async ({ request }) => {
      const { exchange } = await authorize(request, clientId);
      expect((await exchange(auth)).status).toBe(200);
      const replay = await exchange(auth);
      expect([replay.status, await replay.json()]).toMatchObject([400, { error: 'invalid_grant' }]);
    });

    test('a code is worthless without its verifier', async ({ request }) => {
      const { exchange } = await authorize(request, clientId);
      const stolen = await exchange(auth, oauth.generateRandomCodeVerifier());
      expect([stolen.status, await stolen.json()]).toMatchObject([400, { error: 'invalid_grant' }]);
    });
  });
}

for (const { method, clientId } of clients.filter(({ method }) => method !== 'none')) {
  test(`a wrong secret by ${method} is refused as invalid_client`, async ({ request }) => {
    const { exchange } = await authorize(request, clientId);
    const refused = await exchange(authentication(method, 'not-the-secret'));
    expect([refused.status, await refused.json()]).toMatchObject([401, { error: 'invalid_client' }]);
  });
}

test('the secret of one client does not open the codes of another', async ({ request }) => {
  const [basic, post] = clients;
  const { server, exchange } = await authorize(request, basic.clientId);
  expect(server.issuer).toBe(addresses.org);
  const impostor = oauth.ClientSecretPost(post.clientSecret ?? '');
  expect((await exchange(impostor)).status).toBe(401);
});

for (const issuer of [addresses.org, `${addresses.org}/oauth2/default`]) {
  for (const algorithm of ['oidc', 'oauth2'] as const) {
    test(`strict discovery of ${issuer} by ${algorithm} accepts what it says`, async ({ request }) => {
      const server = await discover(issuer, algorithm);
      expect(server.code_challenge_methods_supported).toContain('S256');
      const keys = await request.get(server.jwks_uri ?? '');
      expect((await keys.json()).keys[0]).toMatchObject({ kty: 'RSA', alg: 'RS256', use: 'sig' });
      expect(await keys.text()).not.toMatch(/"(d|p|q|k)":/);
    });
  }
}

test('userinfo refuses a made-up token in a way the library understands', async () => {
  const server = await discover();
  const answer = await oauth.userInfoRequest(server, { client_id: 'any' }, 'made-up', insecure);
  expect(answer.status).toBe(401);
  const reading = oauth.processUserInfoResponse(server, { client_id: 'any' }, oauth.skipSubjectCheck, answer);
  const challenge = { scheme: 'bearer', parameters: { error: 'invalid_token' } };
  await expect(reading).rejects.toMatchObject({ cause: [challenge] });
});
