import type { APIRequestContext } from '@playwright/test';
import * as oidc from 'openid-client';
import * as addresses from '../support/addresses.ts';
import { clients, person } from '../support/conformance/provider.ts';
import type { OpenIdProvider, Registration } from '../support/conformance/provider.ts';
import { expect, test } from '../support/conformance/test.ts';
import { isCallback } from '../support/foreign-clients.ts';
import { signInByForms } from '../support/hosted-page.ts';
import { enterCredentials } from '../support/sign-in.ts';

const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';

const discover = ({ org }: OpenIdProvider, { clientId, clientSecret }: Registration = clients.first) =>
  oidc.discovery(new URL(org), clientId, {}, oidc.ClientSecretBasic(clientSecret), {
    execute: [oidc.allowInsecureRequests],
  });

/** Signs in with a refresh token, by the address that `address` makes of the request. */
async function signIn(
  config: oidc.Configuration,
  request: APIRequestContext,
  address: (parameters: Record<string, string>) => URL | Promise<URL>,
) {
  const pkceCodeVerifier = oidc.randomPKCECodeVerifier();
  const checks = { pkceCodeVerifier, expectedState: oidc.randomState(), expectedNonce: oidc.randomNonce() };
  const url = await address({
    redirect_uri: addresses.clientCallback,
    scope: 'openid profile offline_access',
    state: checks.expectedState,
    nonce: checks.expectedNonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  });
  const ending = await signInByForms(request, url, person, isCallback);
  const tokens = await oidc.authorizationCodeGrant(config, ending.url, { ...checks, idTokenExpected: true });
  return { url, tokens, refreshToken: tokens.refresh_token ?? '' };
}

const directly = (config: oidc.Configuration) => (parameters: Record<string, string>) =>
  oidc.buildAuthorizationUrl(config, parameters);

test('openid-client refreshes tokens, narrows their scope, and asks what they are', async ({ provider, request }) => {
  const config = await discover(provider);
  const { tokens, refreshToken } = await signIn(config, request, directly(config));
  const again = await oidc.refreshTokenGrant(config, refreshToken);
  expect(again.claims()).toMatchObject({ sub: tokens.claims()?.sub, name: person.name });
  expect(again.access_token).not.toBe(tokens.access_token);

  const narrow = await oidc.refreshTokenGrant(config, again.refresh_token ?? refreshToken, { scope: 'openid' });
  expect(narrow.scope?.split(' ')).not.toContain('profile');
  const facts = await oidc.tokenIntrospection(config, again.access_token);
  expect(facts).toMatchObject({ active: true, client_id: clients.first.clientId, username: person.login });
  expect(await oidc.tokenIntrospection(config, 'made-up')).toEqual({ active: false });
});

test('openid-client revokes an access token, and then a refresh token with all that came from it', async ({
  provider,
  request,
}) => {
  const config = await discover(provider);
  const { tokens, refreshToken } = await signIn(config, request, directly(config));
  await oidc.tokenRevocation(config, tokens.access_token);
  expect(await oidc.tokenIntrospection(config, tokens.access_token)).toEqual({ active: false });
  const again = await oidc.refreshTokenGrant(config, refreshToken);

  await oidc.tokenRevocation(config, again.refresh_token ?? refreshToken);
  expect(await oidc.tokenIntrospection(config, again.access_token)).toEqual({ active: false });
  const dead = oidc.refreshTokenGrant(config, again.refresh_token ?? refreshToken);
  await expect(dead).rejects.toMatchObject({ error: 'invalid_grant' });
});

test('openid-client cannot use the refresh token of another client', async ({ provider, request }) => {
  const config = await discover(provider);
  const { refreshToken } = await signIn(config, request, directly(config));
  const stranger = await discover(provider, clients.second);
  await expect(oidc.refreshTokenGrant(stranger, refreshToken)).rejects.toMatchObject({ error: 'invalid_grant' });
  await oidc.tokenRevocation(stranger, refreshToken).catch(() => undefined);
  const still = await oidc.refreshTokenGrant(config, refreshToken);
  expect(still.access_token).toBeTruthy();
});

test('openid-client pushes its authorization request, and the browser carries only a reference', async ({
  provider,
  request,
}) => {
  const config = await discover(provider);
  const { url, tokens } = await signIn(config, request, (parameters) =>
    oidc.buildAuthorizationUrlWithPAR(config, parameters),
  );
  expect([...url.searchParams.keys()].toSorted()).toEqual(['client_id', 'request_uri']);
  expect(tokens.claims()?.name).toBe(person.name);

  const refused = oidc.buildAuthorizationUrlWithPAR(config, { redirect_uri: 'https://evil.example', scope: 'openid' });
  await expect(refused).rejects.toMatchObject({ status: 400 });
});

test('openid-client signs a device in by a person with a browser', async ({ provider, page }) => {
  const grant_types = ['authorization_code', 'refresh_token', deviceGrant];
  await provider.changeClient(clients.first.clientId, { grant_types });
  const config = await discover(provider);
  const device = await oidc.initiateDeviceAuthorization(config, { scope: 'openid profile' });
  const waiting = oidc.pollDeviceAuthorizationGrant(config, device);

  await page.goto(device.verification_uri_complete ?? '');
  await expect(page.getByLabel('Activation code')).toHaveValue(device.user_code);
  await page.getByRole('button', { name: 'Next' }).click();
  await enterCredentials(page, { ...person });
  await expect(page.getByRole('main')).toContainText(device.user_code);
  await page.getByRole('button', { name: 'Allow', exact: true }).click();

  const tokens = await waiting;
  expect(tokens.claims()).toMatchObject({ iss: provider.org, name: person.name });
});
