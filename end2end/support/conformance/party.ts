import { expect } from '@playwright/test';
import type { APIRequestContext, APIResponse } from '@playwright/test';
import * as jose from 'jose';
import { createHash } from 'node:crypto';
import * as oauth from 'oauth4webapi';
import * as addresses from '../addresses.ts';
import { isCallback } from '../foreign-clients.ts';
import { signInByForms } from '../hosted-page.ts';
import { clients, insecure, person } from './provider.ts';
import type { OpenIdProvider, Registration } from './provider.ts';

/** Parameters of a request; what is `undefined` is left out. */
export type Parameters = Readonly<Record<string, string | undefined>>;

/** How the org sends its answer to the client. */
export type Mode = 'query' | 'form_post';

/** An authorization request, and what its answer must fit. */
export interface Asked {
  readonly url: URL;
  readonly state: string;
  readonly nonce: string | typeof oauth.expectNoNonce;
  readonly verifier: string | typeof oauth.nopkce;
}

/** An answer with a code. */
export interface Answered {
  readonly asked: Asked;
  readonly parameters: URLSearchParams;
}

/** What a code was exchanged for, after every check that the libraries make. */
export interface SignedIn {
  readonly tokens: oauth.TokenEndpointResponse;
  readonly idToken: string;
  readonly claims: oauth.IDToken;
}

/** The suite differs from the org's clock by no more than this, in seconds. */
const tolerance = 300;

/** A client of the org, with the browser of a person. Foreign libraries judge what the org answers. */
export class Party {
  readonly provider: OpenIdProvider;
  readonly browser: APIRequestContext;
  readonly registration: Registration;
  readonly mode: Mode;
  readonly client: oauth.Client;

  constructor(provider: OpenIdProvider, browser: APIRequestContext, mode: Mode, registration = clients.first) {
    this.provider = provider;
    this.browser = browser;
    this.mode = mode;
    this.registration = registration;
    this.client = { client_id: registration.clientId, [oauth.clockTolerance]: tolerance };
  }

  /** How the client proves itself. */
  get authentication(): oauth.ClientAuth {
    const { method, clientSecret } = this.registration;
    return method === 'client_secret_post' ? oauth.ClientSecretPost(clientSecret) : oauth.ClientSecretBasic(clientSecret);
  }

  /** An authorization request, with some parameters changed. */
  ask(parameters: Parameters = {}, proof?: { readonly verifier: string; readonly challenge: string }): Asked {
    const state = oauth.generateRandomState();
    const nonce = 'nonce' in parameters ? parameters['nonce'] : oauth.generateRandomNonce();
    const url = new URL(this.provider.endpoint('authorization_endpoint'));
    const all: Parameters = {
      client_id: this.registration.clientId,
      redirect_uri: addresses.clientCallback,
      response_type: 'code',
      scope: 'openid',
      state,
      ...(this.mode === 'form_post' && { response_mode: this.mode }),
      ...(proof && { code_challenge: proof.challenge, code_challenge_method: 'S256' }),
      ...parameters,
      nonce,
    };
    for (const [name, value] of Object.entries(all)) if (value !== undefined) url.searchParams.set(name, value);
    return { url, state, nonce: nonce ?? oauth.expectNoNonce, verifier: proof?.verifier ?? oauth.nopkce };
  }

  /** Lets the person answer a request, beginning at `start`. An answer with an error is thrown, as the library does. */
  async answer(asked: Asked, start: URL = asked.url): Promise<Answered> {
    const { url, form } = await signInByForms(this.browser, start, person, isCallback);
    expect(url.hash, 'nothing is in the fragment').toBe('');
    if (this.mode === 'form_post') expect(url.search, 'nothing is in the address').toBe('');
    else expect(form, 'nothing is in a form').toBeUndefined();
    const received = form ? new URLSearchParams(form) : url;
    return { asked, parameters: oauth.validateAuthResponse(this.provider.metadata, this.client, received, asked.state) };
  }

  /** Sends a code to the token endpoint. */
  exchange({ asked, parameters }: Answered): Promise<Response> {
    const { metadata } = this.provider;
    const { clientCallback } = addresses;
    const { client, authentication } = this;
    return oauth.authorizationCodeGrantRequest(
      metadata,
      client,
      authentication,
      parameters,
      clientCallback,
      asked.verifier,
      insecure,
    );
  }

  /** Exchanges a code, and has tokens and signature checked. */
  async redeem(answered: Answered): Promise<SignedIn> {
    const { metadata } = this.provider;
    const response = await this.exchange(answered);
    expect(response.headers.get('cache-control')).toContain('no-store');
    const expectedNonce = answered.asked.nonce;
    const options: oauth.ProcessAuthorizationCodeResponseOptions = { expectedNonce, requireIdToken: true };
    const tokens = await oauth.processAuthorizationCodeResponse(metadata, this.client, response, options);
    await oauth.validateApplicationLevelSignature(metadata, response, insecure);
    return this.judged(tokens);
  }

  /** Has the ID token of a response judged by a second library. */
  async judged(tokens: oauth.TokenEndpointResponse): Promise<SignedIn> {
    const { id_token: idToken = '', access_token: accessToken } = tokens;
    const keys = jose.createRemoteJWKSet(new URL(this.provider.endpoint('jwks_uri')));
    const issuer = this.provider.org;
    const audience = this.registration.clientId;
    const rules = { issuer, audience, algorithms: ['RS256'], clockTolerance: tolerance };
    const { payload, protectedHeader } = await jose.jwtVerify(idToken, keys, rules);
    expect(protectedHeader.kid).toBeTruthy();
    const half = createHash('sha256').update(accessToken).digest().subarray(0, 16);
    expect(payload['at_hash']).toBe(half.toString('base64url'));
    const claims = oauth.getValidatedIdTokenClaims(tokens);
    if (!claims) throw new Error('there is no ID token');
    return { tokens, idToken, claims };
  }

  /** From the first request to the judged tokens. */
  async signIn(parameters: Parameters = {}): Promise<SignedIn> {
    return this.redeem(await this.answer(this.ask(parameters)));
  }

  /** Asks for the person's claims, by one of the three ways of RFC 6750. */
  async userinfo({ tokens, claims }: SignedIn, way: 'get' | 'header' | 'body' = 'get'): Promise<oauth.UserInfoResponse> {
    const token = tokens.access_token;
    const endpoint = new URL(this.provider.endpoint('userinfo_endpoint'));
    const { metadata } = this.provider;
    const answers = {
      get: () => oauth.userInfoRequest(metadata, this.client, token, insecure),
      header: () => oauth.protectedResourceRequest(token, 'POST', endpoint, undefined, undefined, insecure),
      body: () => fetch(endpoint, { method: 'POST', body: new URLSearchParams({ access_token: token }) }),
    };
    return oauth.processUserInfoResponse(metadata, this.client, claims.sub, await answers[way]());
  }

  /** Goes to an address of the org, as far as its pages go, and gives the page where it ends. */
  async page(url: URL): Promise<APIResponse> {
    const page = await this.browser.get(url.href);
    expect(new URL(page.url()).origin, 'the browser stays at the org').toBe(this.provider.org);
    expect(page.headers()['content-type']).toContain('text/html');
    return page;
  }

  /** Whether the org asks again who is there. */
  async expectToBeAsked(asked: Asked): Promise<void> {
    expect(await (await this.page(asked.url)).text()).toContain('autocomplete="username');
  }

  /** The org answers with a page of its own that says what is wrong, and sends nobody anywhere. */
  async expectErrorPage(asked: Asked): Promise<void> {
    const answer = await this.browser.get(asked.url.href, { maxRedirects: 0 });
    expect([answer.status(), answer.headers()['location']]).toEqual([400, undefined]);
    expect(answer.headers()['content-type']).toContain('text/html');
  }

  /** Without asking anybody, the org knows nobody in this browser. */
  async expectSignedOut(): Promise<void> {
    const silent = this.answer(this.ask({ prompt: 'none' }));
    await expect(silent).rejects.toMatchObject({ error: 'login_required' });
  }
}
