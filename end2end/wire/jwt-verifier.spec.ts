import OktaJwtVerifier from '@okta/jwt-verifier';
import { expect, test } from '@playwright/test';
import type { APIRequestContext } from '@playwright/test';
import { createHash, randomBytes } from 'node:crypto';
import * as addresses from '../support/addresses.ts';
import { clients, isCallback } from '../support/foreign-clients.ts';
import { signInByForms } from '../support/hosted-page.ts';
import { jane } from '../support/people.ts';

const { clientId } = clients[2];
const nonce = 'a-nonce';

async function signIn(request: APIRequestContext): Promise<{ id_token: string; access_token: string }> {
  const code_verifier = randomBytes(32).toString('base64url');
  const common = { client_id: clientId, redirect_uri: addresses.clientCallback };
  const query = new URLSearchParams({
    ...common,
    response_type: 'code',
    scope: 'openid',
    state: 'a-state',
    nonce,
    code_challenge: createHash('sha256').update(code_verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const { url } = await signInByForms(request, `${addresses.org}/oauth2/v1/authorize?${query}`, jane, isCallback);
  const code = url.searchParams.get('code') ?? '';
  const form = { ...common, grant_type: 'authorization_code', code, code_verifier };
  const answer = await request.post(`${addresses.org}/oauth2/v1/token`, { form });
  expect(answer.status()).toBe(200);
  return answer.json();
}

test("Okta's verifier accepts the tokens of the local org and nothing else", async ({ request }) => {
  const verifier = new OktaJwtVerifier({
    issuer: addresses.org,
    clientId,
    jwksUri: `${addresses.org}/oauth2/v1/keys`,
    testing: { disableHttpsCheck: true },
  });
  const tokens = await signIn(request);
  const { claims } = await verifier.verifyIdToken(tokens.id_token, clientId, nonce);
  expect(claims).toMatchObject({ iss: addresses.org, aud: clientId, amr: ['pwd'] });

  const access = await verifier.verifyAccessToken(tokens.access_token, addresses.org);
  expect(access.claims).toMatchObject({ ver: 1, cid: clientId, uid: claims.sub, scp: ['openid'] });

  await expect(verifier.verifyIdToken(tokens.id_token, clientId, 'another nonce')).rejects.toThrow(/nonce/);
  await expect(verifier.verifyIdToken(tokens.id_token, 'another client', nonce)).rejects.toThrow(/aud/);
  await expect(verifier.verifyAccessToken(tokens.access_token, 'another audience')).rejects.toThrow(/aud/);
  const [header, , signature] = tokens.id_token.split('.');
  const forged = Buffer.from(JSON.stringify({ ...claims, sub: 'somebody else' })).toString('base64url');
  await expect(verifier.verifyIdToken(`${header}.${forged}.${signature}`, clientId, nonce)).rejects.toThrow();
});
