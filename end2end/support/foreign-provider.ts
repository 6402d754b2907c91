import { once } from 'node:events';
import type { Server } from 'node:http';
import Provider from 'oidc-provider';
import * as addresses from './addresses.ts';

/** What the administrator of the provider hands to the app. */
export const registration = { client_id: 'portico', client_secret: 'foreign-secret-for-tests-K7dF3hJ9' };

/** A provider that has nothing to do with Okta, with its development pages for signing in and for consent. */
export async function startForeignProvider(): Promise<Server> {
  const provider = new Provider(addresses.foreignProvider, {
    clients: [
      {
        ...registration,
        redirect_uris: [`${addresses.foreignApp}/login/callback`],
        post_logout_redirect_uris: [`${addresses.foreignApp}/signed-out`],
      },
    ],
    claims: { openid: ['sub'], profile: ['name', 'given_name', 'family_name'], email: ['email', 'email_verified'] },
    cookies: { keys: ['a key of the provider'] },
    features: { devInteractions: { enabled: true }, rpInitiatedLogout: { enabled: true } },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...freya }) }),
  });
  const server = provider.listen(Number(new URL(addresses.foreignProvider).port));
  await once(server, 'listening');
  return server;
}

const freya = {
  name: 'Freya Foreign',
  given_name: 'Freya',
  family_name: 'Foreign',
  email: 'freya@foreign.example',
  email_verified: true,
};
