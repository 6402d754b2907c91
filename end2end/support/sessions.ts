import type { Page } from '@playwright/test';
import { fileURLToPath } from 'node:url';
import * as addresses from './addresses.ts';
import { apiToken } from './api-token.ts';
import { passOnboarding } from './onboarding.ts';
import type { Person } from './people.ts';
import { Program } from './program.ts';
import { enterCredentials } from './sign-in.ts';
import { expect, test as base } from './test.ts';
import seed from '../data/sessions-seed.json' with { type: 'json' };

export { expect, needsScript } from './test.ts';

/** Who acts for the org. */
const administrator = 'ada.admin@example.com';

/** A person of the seed. */
export function person(name: string): Person {
  const user = seed.users.find(({ login }) => login === `${name}@example.com`);
  if (!user) throw new Error(`the seed has no ${name}@example.com`);
  return { ...user, name: `${user.firstName} ${user.lastName}` };
}

/** An app and org of their own, whose sessions tests end and whose clock they move. */
export class Place {
  readonly app: string;
  readonly org: string;
  readonly #onboarded = new Set<string>();

  constructor({ app, org }: { readonly app: string; readonly org: string }) {
    this.app = app;
    this.org = org;
  }

  /** Lets time pass for app and org. */
  async advance(duration: string): Promise<void> {
    const body = JSON.stringify({ advance: duration });
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${this.org}/dev/clock`, { method: 'POST', body, headers });
    expect(answer.status).toBe(200);
  }

  /** Opens a page of the app by signing in at the org's page. */
  async signIn(page: Page, who: Person, path = '/profile'): Promise<void> {
    await page.goto(`${this.app}/login?return_to=${encodeURIComponent(path)}`);
    await enterCredentials(page, who);
    await expect(page).toHaveURL((url) => url.origin === this.app);
    if (path === '/onboarding') return;
    if (!this.#onboarded.has(who.login)) {
      this.#onboarded.add(who.login);
      await passOnboarding(page);
    }
    await expect(page).toHaveURL(`${this.app}${path}`);
  }

  /** Ends every session of a person, as an administrator of the org does. */
  async endSessionsOf({ login }: Person): Promise<void> {
    const headers = { authorization: `SSWS ${await apiToken(this.org, administrator)}` };
    const found = await fetch(`${this.org}/api/v1/users/${login}`, { headers });
    const { id } = (await found.json()) as { id: string };
    const path = `${this.org}/api/v1/users/${id}/sessions?oauthTokens=true`;
    expect((await fetch(path, { method: 'DELETE', headers })).status).toBe(204);
  }

  /** Lets the app show and change how people prove who they are, as an administrator of the org does. */
  async grantMyAccount(): Promise<void> {
    const headers = { authorization: `SSWS ${await apiToken(this.org, administrator)}`, 'content-type': 'application/json' };
    const found = await fetch(`${this.org}/api/v1/apps?q=Portico`, { headers });
    const [app] = (await found.json()) as { id: string }[];
    for (const kind of ['authenticators.read', 'authenticators.manage', 'phone.manage', 'webauthn.manage', 'sessions.manage']) {
      const body = JSON.stringify({ issuer: this.org, scopeId: `okta.myAccount.${kind}` });
      const granted = await fetch(`${this.org}/api/v1/apps/${app?.id}/grants`, { method: 'POST', headers, body });
      // A scope is granted once; in a worker that has done it, there is nothing to do.
      expect([200, 201, 400, 409]).toContain(granted.status);
    }
  }

  /** Makes a browser forget its session at the org, but not the one of the app. */
  async forgetOrg(page: Page): Promise<void> {
    await page.context().clearCookies({ domain: new URL(this.org).hostname });
  }
}

/** Waits until a page is awake, and listens for the end of its session. */
export async function expectWatched(page: Page): Promise<void> {
  await page.waitForFunction(async () => {
    const { held = [] } = await navigator.locks.query();
    return held.some(({ name }) => name === 'portico.session');
  });
}

/** Waits until a page says that its session is over, and shows nothing of the person. */
export async function expectTurned(page: Page, who: Person, reason: RegExp): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: 'You are signed out' })).toBeVisible();
  await expect(page.getByRole('alert')).toHaveText(reason);
  await expect(page.getByRole('main')).toBeFocused();
  await expect(page).toHaveTitle('You are signed out · Portico');
  expect(await page.evaluate(() => document.body.innerText)).not.toContain(who.firstName);
}

/** Playwright's `test` with that place, started once for each worker. */
export const test = base.extend<{ watched: undefined }, { place: Place }>({
  place: [
    async ({}, use, { parallelIndex, workerIndex }) => {
      const own = addresses.ofWorker(parallelIndex);
      const environment = { ORG_SEED: fileURLToPath(new URL('../data/sessions-seed.json', import.meta.url)) };
      const program = await Program.start({ name: `sessions-${workerIndex}`, ...own, environment });
      await use(new Place(own));
      await program.stop();
    },
    { scope: 'worker' },
  ],
  watched: [
    async ({ watch, place }, use) => {
      watch.expectOrigin(place.app);
      watch.expectOrigin(place.org);
      await use(undefined);
    },
    { auto: true },
  ],
});
