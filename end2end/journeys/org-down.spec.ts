import { expectAccessible } from '../support/accessible.ts';
import * as addresses from '../support/addresses.ts';
import { expect, test } from '../support/test.ts';

test.use({ baseURL: addresses.lonelyApp });

test('while the org is down the app says so, and still shows its home page', async ({ page, watch }) => {
  watch.expectStatus(503);
  const home = await page.goto('/');
  expect(home?.status()).toBe(200);

  await page.getByRole('banner').getByRole('link', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Signing in did not work' })).toBeVisible();
  await expect(page.getByText('The org that signs you in cannot be reached right now.')).toBeVisible();
  await expect(page.getByText('Try again in a minute; nothing you did is lost.')).toBeVisible();
  await expect(page.getByRole('code').getByText('org_unreachable')).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('link', { name: 'Try again' }).click();
  await expect(page.getByRole('code').getByText('org_unreachable')).toBeVisible();
});

test('the answer carries the status of a service that is not there', async ({ request }) => {
  const answer = await request.get('/login', { maxRedirects: 0 });
  expect(answer.status()).toBe(503);
});
