import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { createHash, randomBytes } from 'node:crypto';
import * as addresses from './addresses.ts';
import { serve } from './serve.ts';
import { test as base } from './test.ts';
import type { Watch } from './watch.ts';

export { expect, needsScript } from './test.ts';

/** Apps of the seed, each with a policy of its own. */
export const apps = {
  passwordOnly: '0oaJourneyPassword01',
  oneFactor: '0oaJourneyOneFactor1',
  twoFactors: '0oaJourneyTwoFactor1',
  withoutPasswords: '0oaJourneyOptional01',
} as const;

/** What an app learns of a person who signed in. */
export interface Claims {
  readonly sub: string;
  readonly amr: readonly string[];
  readonly preferred_username: string;
}

/** An app on a free port, which sends people to the org and waits for them to come back. */
export class OrgApp {
  readonly #origin: string;
  readonly #watch: Watch;
  readonly #org: string;
  readonly #verifier = randomBytes(32).toString('base64url');
  #clientId = '';

  constructor(origin: string, watch: Watch, org = addresses.org) {
    this.#origin = origin;
    this.#watch = watch;
    this.#org = org;
    watch.expectOrigin(origin);
    watch.expectOrigin(org);
  }

  /** The same app, with another org. */
  at(org: string): OrgApp {
    return new OrgApp(this.#origin, this.#watch, org);
  }

  get #redirectUri(): string {
    return `${this.#origin}/callback`;
  }

  /** Opens the org's page, as one of the {@link apps}. */
  async open(page: Page, clientId: string, parameters: Readonly<Record<string, string>> = {}): Promise<void> {
    this.#clientId = clientId;
    const query = new URLSearchParams({
      client_id: clientId,
      redirect_uri: this.#redirectUri,
      response_type: 'code',
      scope: 'openid profile',
      state: 'anything',
      code_challenge: createHash('sha256').update(this.#verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...parameters,
    });
    await page.goto(`${this.#org}/oauth2/v1/authorize?${query}`);
  }

  /** Waits until the person is back, and asks the org who it is. */
  async welcome(page: Page): Promise<Claims> {
    await expect(page).toHaveURL((url) => url.origin === this.#origin && url.searchParams.has('code'));
    const answer = await fetch(`${this.#org}/oauth2/v1/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: this.#clientId,
        redirect_uri: this.#redirectUri,
        code: new URL(page.url()).searchParams.get('code') ?? '',
        code_verifier: this.#verifier,
      }),
    });
    const { id_token: token } = (await answer.json()) as { id_token?: string };
    const claims = token?.split('.')[1];
    if (!claims) throw new Error(`${answer.status} instead of tokens`);
    return JSON.parse(Buffer.from(claims, 'base64url').toString()) as Claims;
  }
}

/** Playwright's `test` with an app that people of the test sign in to. */
export const test = base.extend<{ app: OrgApp }>({
  app: async ({ watch }, use) => {
    await using site = await serve('127.0.0.1', {
      body: '<!doctype html><html lang="en"><title>App</title><link rel="icon" href="data:,"><h1>Signed in</h1></html>',
    });
    await use(new OrgApp(site.origin, watch));
  },
});
