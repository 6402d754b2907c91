import { expect, test } from '@playwright/test';
import type { APIRequestContext } from '@playwright/test';
import * as oidc from 'openid-client';
import * as addresses from '../support/addresses.ts';
import { clients, isCallback } from '../support/foreign-clients.ts';
import type { Ending } from '../support/hosted-page.ts';
import { signInByForms } from '../support/hosted-page.ts';
import { jane } from '../support/people.ts';

const authentication = (method: string, secret: string | undefined): oidc.ClientAuth => {
  if (method === 'client_secret_basic') return oidc.ClientSecretBasic(secret);
  return method === 'client_secret_post' ? oidc.ClientSecretPost(secret) : oidc.None();
};

const discover = ({ method, clientId, clientSecret }: (typeof clients)[number]) =>
  oidc.discovery(new URL(addresses.org), clientId, {}, authentication(method, clientSecret), {
    execute: [oidc.allowInsecureRequests],
  });

/** What the callback of the client receives. */
const received = ({ url, form }: Ending): URL | Request =>
  form ? new Request(url, { method: 'POST', body: new URLSearchParams(form) }) : url;

async function signIn(request: APIRequestContext, config: oidc.Configuration, extra: Record<string, string> = {}) {
  const pkceCodeVerifier = oidc.randomPKCECodeVerifier();
  const checks = { pkceCodeVerifier, expectedState: oidc.randomState(), expectedNonce: oidc.randomNonce() };
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: addresses.clientCallback,
    scope: 'openid profile email',
    state: checks.expectedState,
    nonce: checks.expectedNonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    ...extra,
  });
  const ending = await signInByForms(request, url, jane, isCallback);
  return oidc.authorizationCodeGrant(config, received(ending), { ...checks, idTokenExpected: true });
}

for (const client of clients) {
  test(`openid-client signs in and out as a client with ${client.method}`, async ({ request }) => {
    const config = await discover(client);
    const tokens = await signIn(request, config);
    const claims = tokens.claims();
    expect(claims).toMatchObject({ iss: addresses.org, aud: client.clientId, name: jane.name });

    const person = await oidc.fetchUserInfo(config, tokens.access_token, claims?.sub ?? '');
    expect(person).toMatchObject({ email: jane.login, preferred_username: jane.login });

    const state = oidc.randomState();
    const signOut = oidc.buildEndSessionUrl(config, {
      id_token_hint: tokens.id_token ?? '',
      post_logout_redirect_uri: addresses.clientSignedOut,
      state,
    });
    const answer = await request.get(signOut.href, { maxRedirects: 0 });
    expect([answer.status(), answer.headers()['location']]).toEqual([
      302,
      `${addresses.clientSignedOut}?state=${state}`,
    ]);
    await expect(signIn(request, config, { prompt: 'none' })).rejects.toMatchObject({ error: 'login_required' });
  });

  test(`openid-client as ${client.method} takes the answer as a form post`, async ({ request }) => {
    const tokens = await signIn(request, await discover(client), { response_mode: 'form_post' });
    expect(tokens.claims()?.name).toBe(jane.name);
  });
}

test('a second client enters by single sign-on, and prompt=login asks again', async ({ request }) => {
  const [first, second] = await Promise.all([discover(clients[0]), discover(clients[1])]);
  const before = (await signIn(request, first)).claims();
  const after = (await signIn(request, second, { prompt: 'none' })).claims();
  expect(after?.sub).toBe(before?.sub);
  expect(after?.['auth_time']).toBe(before?.['auth_time']);

  const authorize = oidc.buildAuthorizationUrl(first, {
    redirect_uri: addresses.clientCallback,
    scope: 'openid',
    state: 'again',
    code_challenge: await oidc.calculatePKCECodeChallenge(oidc.randomPKCECodeVerifier()),
    code_challenge_method: 'S256',
    prompt: 'login',
  });
  const page = await request.get(authorize.href);
  expect(new URL(page.url()).origin).toBe(addresses.org);
  expect(await page.text()).toContain('autocomplete="username');
});

test('an error comes back to the client with its state and issuer', async ({ request }) => {
  const config = await discover(clients[0]);
  const failing = signIn(request, config, { scope: 'openid no-such-scope' });
  await expect(failing).rejects.toMatchObject({ error: 'invalid_scope' });
});
