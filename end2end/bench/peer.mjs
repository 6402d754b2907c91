// oidc-provider as `cargo xtask bench` asks it for tokens: with a client that has a secret, access tokens that are JWTs, and
// refresh tokens that change with each use, all signed by RSA keys of 2048 bits. Everything is kept in memory.
//
//   node peer.mjs <port> <client id> <client secret> <redirect URI> <path of the token endpoint>
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const [port, clientId, clientSecret, redirectUri, tokenPath] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const resource = 'urn:bench:api';
const person = 'measured';
const scope = 'openid profile offline_access';

/** Keeps what it is given, however much: the provider's own adapter for memory forgets all but a thousand things. */
class Memory {
  static #kept = new Map();

  constructor(model) {
    this.model = model;
  }

  #key(id) {
    return `${this.model}:${id}`;
  }

  async upsert(id, payload) {
    Memory.#kept.set(this.#key(id), payload);
  }

  async find(id) {
    return Memory.#kept.get(this.#key(id));
  }

  async consume(id) {
    Memory.#kept.get(this.#key(id)).consumed = Math.floor(Date.now() / 1000);
  }

  async destroy(id) {
    Memory.#kept.delete(this.#key(id));
  }

  async findByUid() {
    return undefined;
  }

  async findByUserCode() {
    return undefined;
  }

  async revokeByGrantId(grantId) {
    for (const [key, payload] of Memory.#kept) if (payload.grantId === grantId) Memory.#kept.delete(key);
  }
}

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const provider = new Provider(issuer, {
  adapter: Memory,
  clients: [
    {
      client_id: clientId,
      client_secret: clientSecret,
      token_endpoint_auth_method: 'client_secret_post',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      redirect_uris: [redirectUri],
    },
  ],
  jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' }] },
  cookies: { keys: ['no cookie is ever set here'] },
  // The load says where it comes from, as a browser does.
  clientBasedCORS: () => true,
  claims: { openid: ['sub'], profile: ['name'] },
  features: {
    devInteractions: { enabled: false },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: () => ({ audience: resource, scope, accessTokenFormat: 'jwt' }),
      useGrantedResource: () => true,
    },
  },
  findAccount: (_, accountId) => ({ accountId, claims: () => ({ sub: accountId, name: 'Bench Number 0' }) }),
  interactions: { url: () => '/interaction' },
  rotateRefreshToken: true,
  routes: { token: tokenPath },
});

/** Codes as the authorization endpoint makes them for somebody who has signed in and agreed. */
async function codes(count, codeChallenge) {
  const client = await provider.Client.find(clientId);
  const made = [];
  while (made.length < count) {
    const grant = new provider.Grant({ accountId: person, clientId });
    grant.addOIDCScope(scope);
    grant.addResourceScope(resource, scope);
    const grantId = await grant.save();
    const authTime = Math.floor(Date.now() / 1000);
    const redirect = { redirectUri, codeChallenge, codeChallengeMethod: 'S256', nonce: 'measured' };
    const code = new provider.AuthorizationCode({ accountId: person, client, grantId, authTime, scope, resource, ...redirect });
    made.push(await code.save());
  }
  return made;
}

const answer = provider.callback();
const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, issuer);
  if (pathname !== '/codes') return answer(request, response);
  codes(Number(searchParams.get('count')), searchParams.get('challenge')).then(
    (made) => response.end(made.join('\n')),
    (error) => response.writeHead(500).end(String(error.stack)),
  );
});
server.listen(Number(port), '127.0.0.1');
