import type { APIResponse } from '@playwright/test';
import * as jose from 'jose';
import * as oidc from 'openid-client';
import * as addresses from '../../support/addresses.ts';
import { Party } from '../../support/conformance/party.ts';
import { expect, test as base } from '../../support/conformance/test.ts';
import { Form } from '../../support/form.ts';

/** A party whose person is signed in, and what it can say when it signs her out. */
class Leaving {
  readonly party: Party;
  readonly idToken: string;
  readonly state = oidc.randomState();
  readonly redirect = addresses.clientSignedOut;

  constructor(party: Party, idToken: string) {
    this.party = party;
    this.idToken = idToken;
  }

  /** The sign-out request, built by the library. */
  async signOut(parameters: Readonly<Record<string, string>>): Promise<APIResponse> {
    const { provider, registration, browser } = this.party;
    const server = provider.metadata as oidc.ServerMetadata;
    const config = new oidc.Configuration(server, registration.clientId);
    oidc.allowInsecureRequests(config);
    const url = oidc.buildEndSessionUrl(config, { ...parameters });
    // The library always names the client; the modules say what is sent.
    if (!('client_id' in parameters)) url.searchParams.delete('client_id');
    return browser.get(url.href, { maxRedirects: 0 });
  }

  /** The browser stays at the org, on a page that says what is wrong or asks. */
  async expectNoRedirect(answer: APIResponse, status: number): Promise<void> {
    expect([answer.status(), answer.headers()['location']]).toEqual([status, undefined]);
    expect(answer.headers()['content-type']).toContain('text/html');
  }

  /** A page asks whether to sign out, and the person agrees. */
  async agree(question: APIResponse): Promise<void> {
    await this.expectNoRedirect(question, 200);
    const form = Form.first(await question.text(), question.url());
    const headers = { origin: new URL(form.action).origin };
    const answer = await this.party.browser.post(form.action, { form: form.fields, headers, maxRedirects: 0 });
    await this.expectSignedOutPage(answer);
  }

  async expectSignedOutPage(answer: APIResponse): Promise<void> {
    await this.expectNoRedirect(answer, 200);
    expect(await answer.text()).toMatch(/signed out/i);
    await this.party.expectSignedOut();
  }
}

const test = base.extend<{ leaving: Leaving }>({
  leaving: async ({ provider, request }, use) => {
    const party = new Party(provider, request, 'query');
    const { idToken } = await party.signIn();
    await use(new Leaving(party, idToken));
  },
});

test.describe('oidcc-rp-initiated-logout-certification-test-plan', () => {
  test('oidcc-rp-initiated-logout-discovery-endpoint-verification', async ({ provider }) => {
    const address = new URL(provider.endpoint('end_session_endpoint'));
    expect([address.origin, address.search, address.hash]).toEqual([provider.org, '', '']);
  });

  test('oidcc-rp-initiated-logout', async ({ leaving }) => {
    const { idToken, state, redirect } = leaving;
    const answer = await leaving.signOut({ id_token_hint: idToken, post_logout_redirect_uri: redirect, state });
    expect(answer.status()).toBe(302);
    expect(answer.headers()['location']).toBe(`${redirect}?state=${state}`);
    await leaving.party.expectSignedOut();
  });

  test('oidcc-rp-initiated-logout-bad-post-logout-redirect-uri', async ({ leaving }) => {
    const { idToken, state } = leaving;
    const post_logout_redirect_uri = `${addresses.clientSignedOut}/another`;
    const answer = await leaving.signOut({ id_token_hint: idToken, post_logout_redirect_uri, state });
    await leaving.expectNoRedirect(answer, 400);
  });

  test('oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri', async ({ leaving }) => {
    const { idToken, state } = leaving;
    const post_logout_redirect_uri = `${addresses.clientSignedOut}?foo=bar`;
    const answer = await leaving.signOut({ id_token_hint: idToken, post_logout_redirect_uri, state });
    await leaving.expectNoRedirect(answer, 400);
  });

  test('oidcc-rp-initiated-logout-no-id-token-hint', async ({ leaving }) => {
    const { state, redirect } = leaving;
    await leaving.expectNoRedirect(await leaving.signOut({ post_logout_redirect_uri: redirect, state }), 400);
  });

  test('oidcc-rp-initiated-logout-modified-id-token-hint', async ({ leaving }) => {
    const { idToken, state, redirect } = leaving;
    const unsigned = new jose.UnsecuredJWT(jose.decodeJwt(idToken)).encode();
    const answer = await leaving.signOut({ id_token_hint: unsigned, post_logout_redirect_uri: redirect, state });
    await leaving.expectNoRedirect(answer, 400);
  });

  test('oidcc-rp-initiated-logout-bad-id-token-hint', async ({ leaving }) => {
    const { idToken, state, redirect } = leaving;
    const { privateKey } = await jose.generateKeyPair('RS256');
    const { alg, kid } = jose.decodeProtectedHeader(idToken);
    const header = { alg: alg ?? 'RS256', ...(kid && { kid }) };
    const forged = await new jose.SignJWT(jose.decodeJwt(idToken)).setProtectedHeader(header).sign(privateKey);
    const answer = await leaving.signOut({ id_token_hint: forged, post_logout_redirect_uri: redirect, state });
    await leaving.expectNoRedirect(answer, 400);
  });

  test('oidcc-rp-initiated-logout-no-params', async ({ leaving }) => {
    await leaving.agree(await leaving.signOut({}));
  });

  test('oidcc-rp-initiated-logout-only-state', async ({ leaving }) => {
    await leaving.agree(await leaving.signOut({ state: leaving.state }));
  });

  test('oidcc-rp-initiated-logout-no-post-logout-redirect-uri', async ({ leaving }) => {
    const { idToken, state } = leaving;
    await leaving.expectSignedOutPage(await leaving.signOut({ id_token_hint: idToken, state }));
  });

  test('oidcc-rp-initiated-logout-no-state', async ({ leaving }) => {
    const { idToken, redirect } = leaving;
    const answer = await leaving.signOut({ id_token_hint: idToken, post_logout_redirect_uri: redirect });
    expect([answer.status(), answer.headers()['location']]).toEqual([302, redirect]);
    await leaving.party.expectSignedOut();
  });
});
