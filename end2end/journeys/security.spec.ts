import type { Page } from '@playwright/test';
import * as addresses from '../support/addresses.ts';
import { expectGoodLooks } from '../support/looks.ts';
import { jane, person } from '../support/people.ts';
import { enterCredentials, signIn } from '../support/sign-in.ts';
import { expect, test } from '../support/test.ts';

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });
const sessions = (page: Page) => page.getByRole('region', { name: 'Where you are signed in' });
const authenticators = (page: Page) => page.getByRole('region', { name: 'How you prove who you are' });

async function goToSecurity(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Security' }).click();
  await expect(heading(page, 'Security')).toBeVisible();
}

// People whose sessions end here belong to these journeys alone.

test('a session in another browser is seen and ended', async ({ page, anotherBrowser, watch }, { project }) => {
  watch.expectStatus(401);
  const dora = person(`devices.${project.name}`);
  await signIn(page, dora);
  const there = await anotherBrowser();
  await signIn(there, dora);

  await goToSecurity(page);
  await expect(sessions(page).getByText('This browser')).toHaveCount(1);
  await expectGoodLooks(page);
  await sessions(page).getByRole('button', { name: /^Sign out\s*:/ }).first().click();
  await expect(page.getByRole('heading', { name: 'The session has ended' })).toBeVisible();
  await expect(page).toHaveURL(/\/security#outcome$/);

  await there.goto('/profile');
  await expect(heading(there, 'Sign in to continue')).toBeVisible();
});

test('signing out everywhere leads through the org and asks again', async ({ page, anotherBrowser, watch }, { project }) => {
  watch.expectStatus(401);
  const evan = person(`everywhere.${project.name}`);
  await signIn(page, evan);
  const there = await anotherBrowser();
  await signIn(there, evan);

  await goToSecurity(page);
  await page.getByRole('button', { name: 'Sign out everywhere' }).click();
  await expect(heading(page, 'You are signed out')).toBeVisible();
  await there.goto('/profile');
  await expect(heading(there, 'Sign in to continue')).toBeVisible();
  await page.goto('/login');
  await expect(page.getByLabel('Username')).toBeVisible();
});

test('authenticators are shown when the person lets the app see them, and changed after a fresh proof', async ({ page }) => {
  await signIn(page, jane);
  await goToSecurity(page);
  await authenticators(page).getByRole('button', { name: 'Show my authenticators' }).click();
  await expect(page).toHaveURL((url) => url.origin === addresses.app && url.pathname === '/security');
  await expect(authenticators(page).getByText('Password', { exact: true })).toBeVisible();
  await expect(authenticators(page).getByText('You have just proved who you are')).toBeVisible();
  await expectGoodLooks(page);
});

test('a number that is none is refused in words', async ({ page }) => {
  await signIn(page, jane);
  await goToSecurity(page);
  await authenticators(page).getByRole('button', { name: 'Show my authenticators' }).click();
  await page.getByLabel('Telephone number').fill('twelve');
  await page.getByRole('button', { name: 'Add this telephone' }).click();
  await expect(page.getByRole('heading', { name: 'The org does not take this number' })).toBeVisible();
});

test('the page asks strangers to sign in, and brings them back', async ({ page, watch }) => {
  watch.expectStatus(401);
  await page.goto('/security');
  await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
  await enterCredentials(page, jane);
  await expect(heading(page, 'Security')).toBeVisible();
});
