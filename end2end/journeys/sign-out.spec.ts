import { expectAccessible } from '../support/accessible.ts';
import * as addresses from '../support/addresses.ts';
import { jane } from '../support/people.ts';
import { goToOrg, signIn, signOut } from '../support/sign-in.ts';
import { expect, test } from '../support/test.ts';

test('signing out ends the session of the app and of the org', async ({ page, context }) => {
  await signIn(page, jane);
  await signOut(page);
  await expect(page).toHaveURL((url) => url.origin === addresses.app && url.pathname === '/signed-out');
  await expectAccessible(page);

  const names = (await context.cookies()).map(({ name }) => name);
  expect(names.filter((name) => name.startsWith('portico_') || name === 'idx')).toEqual([]);
  await goToOrg(page);
  await expect(page.getByLabel('Username')).toBeVisible();
});

test('cookies copied before signing out are worth nothing afterwards', async ({ page, context, watch }) => {
  watch.expectStatus(401);
  await signIn(page, jane);
  const copied = await context.cookies();
  await signOut(page);

  await context.addCookies(copied);
  const answer = await page.goto('/profile');
  expect(answer?.status()).toBe(401);
  await page.goto('/login');
  await expect(page.getByLabel('Username')).toBeVisible();
});

test('a link to sign out asks before it acts', async ({ page }) => {
  await signIn(page, jane);
  await page.goto('/sign-out');
  await expect(page.getByRole('heading', { level: 1, name: 'Sign out?' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Stay signed in' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Welcome back, Jane' })).toBeVisible();

  await page.goto('/sign-out');
  await page.getByRole('main').getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'You are signed out' })).toBeVisible();
});

test('going back after signing out shows nothing of the person', async ({ page, watch }) => {
  watch.expectStatus(401);
  await signIn(page, jane);
  await page.goto('/profile');
  await signOut(page);
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in to continue' })).toBeVisible();
  await expect(page.getByText(jane.name)).toHaveCount(0);
});
