import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { crowded } from '../support/addresses.ts';
import { Inbox } from '../support/inbox.ts';
import { Program } from '../support/program.ts';

const CROWD = 500;
const clientId = '0oaCrowd000000000000';
const redirectUri = 'http://127.0.0.1:3190/callback';

const login = (number: number) => `customer${number}@example.com`;

/** People who have an address and no password, and an app that asks for nothing else. */
const seed = {
  users: Array.from({ length: CROWD }, (_, number) => ({
    login: login(number),
    firstName: 'Customer',
    lastName: `Number ${number}`,
    email: login(number),
    password: null,
  })),
  authenticators: [{ key: 'okta_email', status: 'ACTIVE', settings: { allowedFor: 'any' } }],
  apps: [
    {
      label: 'Portico',
      type: 'web',
      tokenEndpointAuthMethod: 'client_secret_basic',
      redirectUris: ['{APP_URL}/login/callback'],
    },
    {
      label: 'Crowd',
      type: 'browser',
      clientId,
      tokenEndpointAuthMethod: 'none',
      pkceRequired: true,
      redirectUris: [redirectUri],
      grantTypes: ['interaction_code'],
      assignedGroups: ['Everyone'],
      accessPolicy: 'One factor access',
    },
  ],
  // Nobody here needs a password.
  policies: [
    {
      type: 'MFA_ENROLL',
      name: 'Default Policy',
      settings: {
        type: 'AUTHENTICATORS',
        authenticators: [{ key: 'okta_email', enroll: { self: 'REQUIRED' } }],
      },
    },
  ],
};

interface Answer {
  readonly stateHandle: string;
  readonly remediation?: { readonly value: readonly { readonly name: string; readonly href: string }[] };
  readonly successWithInteractionCode?: {
    readonly value: readonly { readonly name: string; readonly value?: string }[];
  };
}

async function post(url: string, body: object): Promise<Answer> {
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${answer.status} from ${url}: ${await answer.text()}`);
  return (await answer.json()) as Answer;
}

async function postForm(path: string, form: Record<string, string>): Promise<Record<string, string>> {
  const answer = await fetch(`${crowded.org}${path}`, { method: 'POST', body: new URLSearchParams(form) });
  if (!answer.ok) throw new Error(`${answer.status} from ${path}: ${await answer.text()}`);
  return (await answer.json()) as Record<string, string>;
}

/** Signs somebody in once, by the code that they are sent; no step is tried twice. */
async function signIn(username: string): Promise<Record<string, string>> {
  const verifier = randomBytes(32).toString('base64url');
  const { interaction_handle: interactionHandle } = await postForm('/oauth2/v1/interact', {
    client_id: clientId,
    scope: 'openid profile',
    redirect_uri: redirectUri,
    state: randomBytes(8).toString('hex'),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const inbox = await Inbox.of(username, crowded.org);
  const first = await post(`${crowded.org}/idp/idx/introspect`, { interactionHandle });
  const asked = await post(`${crowded.org}/idp/idx/identify`, {
    stateHandle: first.stateHandle,
    identifier: username,
  });
  const done = await post(`${crowded.org}/idp/idx/challenge/answer`, {
    stateHandle: asked.stateHandle,
    credentials: { passcode: await inbox.code() },
  });
  const code = done.successWithInteractionCode?.value.find(({ name }) => name === 'interaction_code')?.value;
  return await postForm('/oauth2/v1/token', {
    grant_type: 'interaction_code',
    client_id: clientId,
    interaction_code: code ?? '',
    code_verifier: verifier,
  });
}

test('five hundred people sign in at once, each by the code in their inbox', async () => {
  test.setTimeout(120_000);
  const directory = await mkdtemp(join(tmpdir(), 'portico-crowd-'));
  const file = join(directory, 'seed.json');
  await writeFile(file, JSON.stringify(seed));
  const program = await Program.start({ name: 'crowd', ...crowded, environment: { ORG_SEED: file } });
  try {
    const everybody = Array.from({ length: CROWD }, (_, number) => login(number));
    const tokens = await Promise.all(everybody.map(signIn));
    const subjects = new Set(
      tokens.map(({ id_token: token }) => {
        const payload = Buffer.from(token?.split('.')[1] ?? '', 'base64url').toString();
        return (JSON.parse(payload) as { preferred_username: string }).preferred_username;
      }),
    );
    expect([...subjects].sort()).toEqual([...everybody].sort());
  } finally {
    await program.stop();
    await rm(directory, { recursive: true });
  }
});
