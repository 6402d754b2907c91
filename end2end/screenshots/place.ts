import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import seed from '../data/pictures-seed.json' with { type: 'json' };
import type { Person } from '../support/people.ts';
import { choose, enterPassword, enterUsername, expectStep } from '../support/sign-in.ts';

/** Where the program listens whose pictures are taken, and an app whose org does not answer. */
export const app = 'http://127.0.0.1:3104';
export const org = 'http://localhost:7104';
export const lonelyApp = 'http://127.0.0.1:3101';
export const deadIssuer = 'http://localhost:7101';

/** The person of the seed with this login, without its domain. */
export function somebody(name: string): Person {
  const user = seed.users.find(({ login }) => login === `${name}@example.com`);
  if (!user) throw new Error(`the seed has no ${name}@example.com`);
  return { ...user, password: user.password ?? '', name: `${user.firstName} ${user.lastName}` };
}

/** Waits for the page of the app with this heading. */
export async function arrive(page: Page, heading: string | RegExp): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
}

/** Signs in with a password alone; the page is then the one at `to`, or onboarding before it. */
export async function signIn(page: Page, { login, password }: Person, to = '/'): Promise<void> {
  await page.goto(`/login?return_to=${encodeURIComponent(to)}`);
  await enterUsername(page, login);
  await enterPassword(page, password);
  await expect(page).toHaveURL((url) => url.origin === app);
}

/** Comes, as somebody who needs two factors, to the choice of the second one. */
export async function comeToSecond(page: Page, { login, password }: Person): Promise<void> {
  await page.context().clearCookies();
  await page.goto('/login');
  await enterUsername(page, login);
  await choose(page, 'Password');
  await enterPassword(page, password);
  await expectStep(page, "Verify it's you with a security method");
}
