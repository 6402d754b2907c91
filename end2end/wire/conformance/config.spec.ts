import * as jose from 'jose';
import * as oidc from 'openid-client';
import { clients } from '../../support/conformance/provider.ts';
import { expect, test } from '../../support/conformance/test.ts';

/** Members of the metadata that are addresses. */
const addresses = [
  'authorization_endpoint',
  'token_endpoint',
  'userinfo_endpoint',
  'jwks_uri',
  'revocation_endpoint',
  'introspection_endpoint',
  'end_session_endpoint',
  'pushed_authorization_request_endpoint',
  'device_authorization_endpoint',
] as const;

/** Members that OpenID Connect Discovery 1.0, RFC 8414 and their extensions know besides the addresses. */
const known = new Set([
  ...addresses,
  'issuer',
  'registration_endpoint',
  'scopes_supported',
  'response_types_supported',
  'response_modes_supported',
  'grant_types_supported',
  'subject_types_supported',
  'id_token_signing_alg_values_supported',
  'token_endpoint_auth_methods_supported',
  'token_endpoint_auth_signing_alg_values_supported',
  'claims_supported',
  'code_challenge_methods_supported',
  'introspection_endpoint_auth_methods_supported',
  'revocation_endpoint_auth_methods_supported',
  'request_parameter_supported',
  'request_uri_parameter_supported',
  'request_object_signing_alg_values_supported',
  'require_pushed_authorization_requests',
  'authorization_response_iss_parameter_supported',
  'frontchannel_logout_supported',
  'frontchannel_logout_session_supported',
  'dpop_signing_alg_values_supported',
]);

test.describe('oidcc-config-certification-test-plan', () => {
  test('oidcc-discovery-endpoint-verification', async ({ provider, request }) => {
    const { org } = provider;
    const config = await oidc.discovery(new URL(org), clients.first.clientId, undefined, undefined, {
      execute: [oidc.allowInsecureRequests],
    });
    const metadata = config.serverMetadata();
    expect(metadata.issuer).toBe(org);
    expect(metadata.supportsPKCE()).toBe(true);

    const document = await request.get(`${org}/.well-known/openid-configuration`);
    expect(document.status()).toBe(200);
    expect(document.headers()['content-type']).toContain('application/json');
    const members = Object.keys((await document.json()) as object);
    expect(members.filter((name) => !known.has(name))).toEqual([]);

    for (const name of addresses) {
      const address = metadata[name];
      if (address !== undefined) expect(new URL(address).origin, name).toBe(org);
    }
    expect(metadata.response_types_supported).toContain('code');
    expect(metadata.grant_types_supported).toContain('authorization_code');
    expect(metadata['subject_types_supported']).toEqual(['public']);
    expect(metadata.id_token_signing_alg_values_supported).toEqual(['RS256']);
    expect(metadata.scopes_supported).toEqual(expect.arrayContaining(['openid', 'profile', 'email', 'address', 'phone']));
    expect(metadata.claims_supported).toEqual(expect.arrayContaining(['iss', 'sub', 'aud', 'exp', 'iat', 'auth_time']));
    expect(metadata.code_challenge_methods_supported).toEqual(['S256']);
    expect([metadata.request_parameter_supported, metadata.request_uri_parameter_supported]).toEqual([false, false]);

    const published = await request.get(metadata.jwks_uri ?? '');
    const { keys } = (await published.json()) as jose.JSONWebKeySet;
    expect(keys.length).toBeGreaterThan(0);
    expect(new Set(keys.map(({ kid }) => kid)).size).toBe(keys.length);
    for (const key of keys) {
      expect(['d', 'p', 'q', 'dp', 'dq', 'qi', 'k'].filter((secret) => secret in key)).toEqual([]);
      await jose.importJWK(key, key.alg);
    }
  });
});
