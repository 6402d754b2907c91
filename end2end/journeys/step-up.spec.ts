import type { Page } from '@playwright/test';
import { expect, person, test } from '../support/sessions.ts';
import { enterCredentials } from '../support/sign-in.ts';

test.describe.configure({ mode: 'default' });

const ana = person('ana.everywhere');
const ben = person('ben.bystander');

/** Presses the button that removes the telephone. */
const remove = (page: Page) => page.getByRole('button', { name: /^Remove.*Phone/i }).click();

test.beforeAll(({ place }) => place.grantMyAccount());

test.beforeEach(async ({ page, place }) => {
  await place.signIn(page, ana);
  await page.goto(`${place.app}/security`);
  await page.getByRole('button', { name: 'Show my authenticators' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Security' })).toBeVisible();
});

test('somebody else cannot give the fresh proof, and the session goes on as it was', async ({ page, place, watch }) => {
  watch.expectStatus(403);
  await place.advance('PT10M');
  await place.forgetOrg(page);
  await remove(page);
  await enterCredentials(page, ben);
  await expect(page.getByRole('main')).toContainText('Somebody else answered');
  await expect(page.getByRole('main').getByRole('link', { name: 'Sign out' })).toBeVisible();
  await page.goto(`${place.app}/profile`);
  await expect(page.getByRole('main')).toContainText(ana.name);
  await expect(page.getByRole('main')).not.toContainText(ben.name);
});

test('what matters needs a fresh proof, after which the session is a new one', async ({
  page,
  anotherBrowser,
  place,
  watch,
}) => {
  watch.expectStatus(401);
  await place.advance('PT10M');
  const before = await page.context().storageState();
  await remove(page);
  await expect(page).toHaveURL((url) => url.origin === place.org);
  await enterCredentials(page, ana);
  await expect(page).toHaveURL(`${place.app}/security`);

  const copy = await anotherBrowser(before);
  const answer = await copy.goto(`${place.app}/profile`);
  expect(answer?.status(), 'the old session is dead').toBe(401);

  await remove(page);
  await expect(page.getByRole('status').filter({ hasText: 'It is removed' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Remove.*Phone/i })).toHaveCount(0);
});
