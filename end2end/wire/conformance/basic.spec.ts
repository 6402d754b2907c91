import * as jose from 'jose';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as oauth from 'oauth4webapi';
import * as addresses from '../../support/addresses.ts';
import { expectUnguessable } from '../../support/conformance/entropy.ts';
import { Party } from '../../support/conformance/party.ts';
import type { Mode, Parameters, SignedIn } from '../../support/conformance/party.ts';
import { claimsOf, clients, insecure, person } from '../../support/conformance/provider.ts';
import { expect, test as base } from '../../support/conformance/test.ts';

/** The claims that an ID token may have when nothing but `openid` was asked for. */
const expectedClaims = new Set(
  'iss sub aud iat exp auth_time nonce at_hash amr acr azp sid jti idp ver'.split(' '),
);

/** The same person, from the same proof. */
function expectSameSignIn(again: SignedIn, first: SignedIn): void {
  expect([again.claims.sub, again.claims.auth_time]).toEqual([first.claims.sub, first.claims.auth_time]);
}

/** The same person, from a later proof. */
function expectNewSignIn(again: SignedIn, first: SignedIn): void {
  expect(again.claims.sub).toBe(first.claims.sub);
  expect(again.claims.auth_time).toBeGreaterThan(first.claims.auth_time ?? Infinity);
}

const plans: readonly [string, Mode][] = [
  ['oidcc-basic-certification-test-plan', 'query'],
  ['oidcc-formpost-basic-certification-test-plan', 'form_post'],
];

for (const [plan, mode] of plans) {
  const test = base.extend<{ party: Party }>({
    party: async ({ provider, request }, use) => use(new Party(provider, request, mode)),
  });

  /** Parameters that must not get in the way of signing in. */
  const succeedsWith = (name: string, parameters: Parameters) =>
    test(name, async ({ party }) => {
      const { claims } = await party.signIn(parameters);
      expect(claims.sub).toBeTruthy();
    });

  /** A scope lets its claims out at the userinfo endpoint. */
  const letsOut = (name: string, scope: string, claims: Readonly<Record<string, unknown>>) =>
    test(name, async ({ party }) => {
      const person = await party.userinfo(await party.signIn({ scope }));
      expect(person).toMatchObject(claims);
    });

  test.describe(plan, () => {
    test('oidcc-server', async ({ party }) => {
      const answered = await party.answer(party.ask());
      expectUnguessable(answered.parameters.get('code') ?? '');
      const { tokens, claims } = await party.redeem(answered);
      expectUnguessable(tokens.access_token);
      expect(tokens.token_type.toLowerCase()).toBe('bearer');
      expect(tokens.expires_in).toBeGreaterThan(0);
      expect(Object.keys(claims).filter((name) => !expectedClaims.has(name))).toEqual([]);
    });

    test('oidcc-response-type-missing', async ({ party }) => {
      const asked = party.ask({ response_type: undefined });
      const refused = party.answer(asked);
      await expect(refused).rejects.toMatchObject({ error: expect.stringMatching(/^(unsupported_response_type|invalid_request)$/) });
    });

    test('oidcc-idtoken-signature', async ({ party }) => {
      const { idToken } = await party.signIn();
      expect(jose.decodeProtectedHeader(idToken).alg).toBe('RS256');
    });

    test('oidcc-idtoken-unsigned', async ({ party }) => {
      expect(party.provider.metadata.id_token_signing_alg_values_supported).not.toContain('none');
    });

    test('oidcc-userinfo-get', async ({ party }) => {
      const signedIn = await party.signIn({ scope: 'openid email' });
      expect(await party.userinfo(signedIn, 'get')).toMatchObject(claimsOf.email);
    });

    test('oidcc-userinfo-post-header', async ({ party }) => {
      const signedIn = await party.signIn({ scope: 'openid email' });
      expect(await party.userinfo(signedIn, 'header')).toMatchObject(claimsOf.email);
    });

    test('oidcc-userinfo-post-body', async ({ party }) => {
      const signedIn = await party.signIn({ scope: 'openid email' });
      expect(await party.userinfo(signedIn, 'body')).toMatchObject(claimsOf.email);
    });

    test('oidcc-ensure-request-without-nonce-succeeds-for-code-flow', async ({ party }) => {
      const { claims } = await party.signIn({ nonce: undefined });
      expect(claims).not.toHaveProperty('nonce');
    });

    letsOut('oidcc-scope-profile', 'openid profile', claimsOf.profile);
    letsOut('oidcc-scope-email', 'openid email', claimsOf.email);
    letsOut('oidcc-scope-address', 'openid address', claimsOf.address);
    letsOut('oidcc-scope-phone', 'openid phone', claimsOf.phone);
    letsOut('oidcc-scope-all', 'openid profile email address phone', {
      ...claimsOf.profile,
      ...claimsOf.email,
      ...claimsOf.address,
      ...claimsOf.phone,
    });

    test('oidcc-alternate-happy-flow', async ({ party }) => {
      const asked = party.ask({ scope: 'email openid' });
      const backwards = [...asked.url.searchParams].reverse();
      asked.url.search = String(new URLSearchParams(backwards));
      expect(await party.userinfo(await party.redeem(await party.answer(asked)))).toMatchObject(claimsOf.email);
    });

    succeedsWith('oidcc-display-page', { display: 'page' });
    succeedsWith('oidcc-display-popup', { display: 'popup' });

    test('oidcc-prompt-login', async ({ party, provider }) => {
      const first = await party.signIn();
      await provider.advance(2);
      const asked = party.ask({ prompt: 'login' });
      await party.expectToBeAsked(asked);
      expectNewSignIn(await party.redeem(await party.answer(asked)), first);
    });

    test('oidcc-prompt-none-not-logged-in', async ({ party }) => {
      const silent = party.answer(party.ask({ prompt: 'none' }));
      const errors = /^(login_required|interaction_required|account_selection_required|consent_required)$/;
      await expect(silent).rejects.toMatchObject({ error: expect.stringMatching(errors) });
    });

    test('oidcc-prompt-none-logged-in', async ({ party }) => {
      const first = await party.signIn();
      expectSameSignIn(await party.signIn({ prompt: 'none' }), first);
    });

    test('oidcc-max-age-1', async ({ party, provider }) => {
      const first = await party.signIn();
      await provider.advance(2);
      const asked = party.ask({ max_age: '1' });
      await party.expectToBeAsked(asked);
      expectNewSignIn(await party.redeem(await party.answer(asked)), first);
    });

    test('oidcc-max-age-10000', async ({ party, provider }) => {
      const first = await party.signIn();
      await provider.advance(2);
      expectSameSignIn(await party.signIn({ max_age: '10000', prompt: 'none' }), first);
    });

    succeedsWith('oidcc-ensure-request-with-unknown-parameter-succeeds', { extra: 'foobar' });

    test('oidcc-id-token-hint', async ({ party }) => {
      const first = await party.signIn();
      expectSameSignIn(await party.signIn({ prompt: 'none', id_token_hint: first.idToken }), first);
    });

    test('oidcc-login-hint', async ({ party }) => {
      const asked = party.ask({ login_hint: person.login });
      expect(await (await party.page(asked.url)).text()).toContain(`value="${person.login}"`);
      await party.redeem(await party.answer(asked));
    });

    succeedsWith('oidcc-ui-locales', { ui_locales: 'se fr en' });
    succeedsWith('oidcc-claims-locales', { claims_locales: 'se fr en' });
    succeedsWith('oidcc-ensure-request-with-acr-values-succeeds', { acr_values: '1 2' });

    for (const [name, seconds] of [['oidcc-codereuse', 0], ['oidcc-codereuse-30seconds', 30]] as const) {
      test(name, async ({ party, provider }) => {
        const answered = await party.answer(party.ask());
        const signedIn = await party.redeem(answered);
        await party.userinfo(signedIn);
        await provider.advance(seconds);
        const again = await party.exchange(answered);
        expect([again.status, await again.json()]).toMatchObject([400, { error: 'invalid_grant' }]);
        await expect(party.userinfo(signedIn), 'its tokens are dead').rejects.toMatchObject({ status: 401 });
      });
    }

    test('oidcc-ensure-registered-redirect-uri', async ({ party }) => {
      await party.expectErrorPage(party.ask({ redirect_uri: `${addresses.clientCallback}/another` }));
    });

    test('oidcc-ensure-post-request-succeeds', async ({ party }) => {
      const asked = party.ask();
      const [address = ''] = asked.url.href.split('?');
      const form = Object.fromEntries(asked.url.searchParams);
      const answer = await party.browser.post(address, { form, maxRedirects: 0 });
      expect(answer.status()).toBeGreaterThanOrEqual(302);
      await party.redeem(await party.answer(asked, new URL(answer.headers()['location'] ?? '', address)));
    });

    test('oidcc-server-client-secret-post', async ({ provider, request }) => {
      const party = new Party(provider, request, mode, clients.secretInBody);
      await party.userinfo(await party.signIn());
    });

    test('oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported', async ({ party }) => {
      let visits = 0;
      const server = createServer((_, response) => {
        visits += 1;
        response.end();
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const request_uri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/request`;
      const refused = party.answer(party.ask({ request_uri }));
      await expect(refused).rejects.toMatchObject({ error: 'request_uri_not_supported' });
      server.close();
      expect(visits, 'nothing is fetched').toBe(0);
    });

    test('oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported', async ({ party }) => {
      const request = new jose.UnsecuredJWT({ state: 'of-the-object' }).encode();
      await expect(party.answer(party.ask({ request }))).rejects.toMatchObject({ error: 'request_not_supported' });
    });

    test('oidcc-ensure-request-object-with-redirect-uri', async ({ party }) => {
      const request = new jose.UnsecuredJWT({ redirect_uri: addresses.clientCallback }).encode();
      await party.expectErrorPage(party.ask({ request, redirect_uri: `${addresses.clientCallback}/another` }));
    });

    test('oidcc-claims-essential', async ({ party }) => {
      const claims = JSON.stringify({ userinfo: { name: { essential: true } } });
      const person = await party.userinfo(await party.signIn({ claims }));
      expect(party.provider.metadata.claims_parameter_supported ?? false).toBe('name' in person);
    });

    test('oidcc-refresh-token', async ({ party, provider, request }) => {
      const first = await party.signIn({ scope: 'openid offline_access' });
      const token = first.tokens.refresh_token ?? '';
      expectUnguessable(token);
      expect(token).toMatch(/^[\x20-\x7e]+$/);
      await provider.advance(2);

      const stranger = new Party(provider, request, mode, clients.second);
      const stolen = await oauth.refreshTokenGrantRequest(
        provider.metadata,
        stranger.client,
        stranger.authentication,
        token,
        insecure,
      );
      expect([stolen.status, await stolen.json()]).toMatchObject([400, { error: 'invalid_grant' }]);

      const { client, authentication } = party;
      const response = await oauth.refreshTokenGrantRequest(provider.metadata, client, authentication, token, insecure);
      const tokens = await oauth.processRefreshTokenResponse(provider.metadata, client, response);
      const again = await party.judged(tokens);
      expect(again.claims).toMatchObject({ iss: first.claims.iss, sub: first.claims.sub, aud: first.claims.aud });
      expect(again.claims.iat).toBeGreaterThan(first.claims.iat);
      expect(tokens.access_token).not.toBe(first.tokens.access_token);
      await party.userinfo(again);
    });

    test('oidcc-ensure-request-with-valid-pkce-succeeds', async ({ party }) => {
      const verifier = oauth.generateRandomCodeVerifier();
      const challenge = await oauth.calculatePKCECodeChallenge(verifier);
      await party.redeem(await party.answer(party.ask({}, { verifier, challenge })));
    });
  });
}
