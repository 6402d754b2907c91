import * as oauth from 'oauth4webapi';
import seed from '../../../certification/seed.json' with { type: 'json' };
import { apiToken } from '../api-token.ts';

/** The org is on loopback, where plain http is safe. */
export const insecure = { [oauth.allowInsecureRequests]: true } as const;

/** A client that the suite is configured with. */
export interface Registration {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly method: string;
}

const registration = (id: string): Registration => {
  const app = seed.apps.find(({ clientId }) => clientId === id);
  if (!app?.clientId || !app.clientSecret) throw new Error(`the seed has no client ${id}`);
  return { clientId: app.clientId, clientSecret: app.clientSecret, method: app.tokenEndpointAuthMethod };
};

/** The suite's clients. */
export const clients = {
  first: registration('0oaSuiteFirst0000001'),
  second: registration('0oaSuiteSecond000001'),
  secretInBody: registration('0oaSuitePost00000001'),
} as const;

const cora = seed.users.find(({ login }) => login === 'cora.conformance@example.com');
if (!cora) throw new Error('the seed has nobody to sign in');

/** Who signs in: she has a value for every claim that the scopes let out. */
export const person = { ...cora, name: `${cora.firstName} ${cora.lastName}` } as const;

const profile = {
  middleName: 'Carol',
  nickName: 'Coco',
  profileUrl: 'https://cora.example/profile',
  primaryPhone: '+15550100300',
  streetAddress: '1 Main Street',
  city: 'Springfield',
  state: 'Oregon',
  zipCode: '97477',
  countryCode: 'US',
} as const;

/** Those of her claims that the suite asks for by scope, each with its value. */
export const claimsOf = {
  profile: {
    name: person.name,
    given_name: person.firstName,
    middle_name: profile.middleName,
    family_name: person.lastName,
    nickname: profile.nickName,
    preferred_username: person.login,
    profile: profile.profileUrl,
  },
  email: { email: person.email, email_verified: true },
  address: {
    address: {
      street_address: profile.streetAddress,
      locality: profile.city,
      region: profile.state,
      postal_code: profile.zipCode,
      country: profile.countryCode,
    },
  },
  phone: { phone_number: profile.primaryPhone },
} as const;

/** The org under test, as its developer and administrator see it. */
export class OpenIdProvider {
  readonly org: string;
  readonly metadata: oauth.AuthorizationServer;
  readonly #token: string;

  private constructor(org: string, metadata: oauth.AuthorizationServer, token: string) {
    this.org = org;
    this.metadata = metadata;
    this.#token = token;
  }

  /** Gives Cora her profile, and lets the clients have refresh tokens. */
  static async prepare(org: string): Promise<OpenIdProvider> {
    const url = new URL(org);
    const answer = await oauth.discoveryRequest(url, { algorithm: 'oidc', ...insecure });
    const provider = new OpenIdProvider(org, await oauth.processDiscoveryResponse(url, answer), await apiToken(org));
    await provider.#call('POST', `/users/${person.login}`, { profile });
    for (const { clientId } of Object.values(clients)) {
      await provider.changeClient(clientId, { grant_types: ['authorization_code', 'refresh_token'] });
    }
    return provider;
  }

  /** An endpoint that the metadata must name. */
  endpoint(name: keyof oauth.AuthorizationServer): string {
    const address = this.metadata[name];
    if (typeof address !== 'string') throw new Error(`the metadata has no ${String(name)}`);
    return address;
  }

  /** Lets time pass. */
  async advance(seconds: number): Promise<void> {
    const body = JSON.stringify({ advance: seconds });
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${this.org}/dev/clock`, { method: 'POST', body, headers });
    if (!answer.ok) throw new Error(`the clock answers ${answer.status}: ${await answer.text()}`);
  }

  /** Changes some settings of a client. */
  async changeClient(clientId: string, changes: Readonly<Record<string, unknown>>): Promise<void> {
    const app = await this.#call<{ settings: { oauthClient: Record<string, unknown> } }>('GET', `/apps/${clientId}`);
    Object.assign(app.settings.oauthClient, changes);
    await this.#call('PUT', `/apps/${clientId}`, app);
  }

  async #call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${this.org}/api/v1${path}`, {
      method,
      headers: { authorization: `SSWS ${this.#token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }
}
