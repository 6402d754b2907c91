import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import * as addresses from './addresses.ts';
import type { Person } from './people.ts';

/** What a person can do on the hosted sign-in page besides typing the credentials. */
export interface Choices {
  readonly keepMeSignedIn?: boolean;
}

/** The name step of the hosted page. */
export async function enterUsername(page: Page, login: string, choices: Choices = {}): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
  await page.getByLabel('Username').fill(login);
  if (choices.keepMeSignedIn) await page.getByLabel('Keep me signed in').check();
  await page.getByRole('button', { name: 'Next' }).click();
}

/** The password step of the hosted page. */
export async function enterPassword(page: Page, password: string): Promise<void> {
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Verify' }).click();
}

/** Both steps of the hosted page, which the browser must be on. */
export async function enterCredentials(page: Page, { login, password }: Person, choices?: Choices): Promise<void> {
  await enterUsername(page, login, choices);
  await enterPassword(page, password);
}

/** The code step of the hosted page. */
export async function enterCode(page: Page, code: string): Promise<void> {
  await page.getByLabel('Enter Code').fill(code);
  await page.getByRole('button', { name: 'Verify' }).click();
}

/** Takes an authenticator from a list of the hosted page. */
export async function choose(page: Page, name: string): Promise<void> {
  await page.getByRole('listitem').getByRole('button', { name }).click();
}

/** The form for a new password, whatever its button says. */
export async function enterNewPassword(page: Page, password: string, again = password): Promise<void> {
  await page.getByLabel('New password').fill(password);
  await page.getByLabel('Re-enter password').fill(again);
  await page.getByLabel('Re-enter password').press('Enter');
}

/** Waits for the page of the org with this heading. */
export async function expectStep(page: Page, name: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible();
}

/** Follows the link in the header to the org. */
export async function goToOrg(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByRole('banner').getByRole('link', { name: 'Sign in' }).click();
  await expect(page).toHaveURL((url) => url.origin === addresses.org);
}

/** Signs in from the home page, and comes back when the app has answered. */
export async function signIn(page: Page, person: Person, choices?: Choices): Promise<void> {
  await goToOrg(page);
  await enterCredentials(page, person, choices);
  await expect(page).toHaveURL((url) => url.origin === addresses.app);
}

/** Signs out by the button in the header. */
export async function signOut(page: Page): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'You are signed out' })).toBeVisible();
}
