import type { Page } from '@playwright/test';
import { expectGoodLooks } from '../support/looks.ts';
import { jane } from '../support/people.ts';
import { signIn } from '../support/sign-in.ts';
import { expect, needsScript, test } from '../support/test.ts';

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });

/** Goes to the inspector by the navigation, as people do. */
async function inspect(page: Page): Promise<void> {
  await signIn(page, jane);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Tokens' }).click();
  await expect(heading(page, 'Your tokens')).toBeVisible();
}

// That no token is in any page, storage, cookie or log, the watch over every test looks after.

test('the inspector explains each claim and says by whose key a token is signed', async ({ page }) => {
  await inspect(page);
  const token = page.getByRole('region', { name: 'ID token' });
  await expect(token.getByText('Signature verified')).toBeVisible();
  await expect(token.getByText(/RSA with 2048 bits, thumbprint/)).toBeVisible();
  await expect(token.getByRole('timer')).toHaveText(/\d+ (h|min) \d+ (min|s) left/);
  await expect(token.getByText('pwd (password)')).toBeVisible();
  await expect(token.getByText('Who made the token.')).toBeVisible();
  const access = page.getByRole('region', { name: 'Access token' });
  await expect(access.getByText('Opaque to this app.')).toBeVisible();
  await expectGoodLooks(page);
});

test('the first HTML and the hydrated page hold no token', async ({ page }) => {
  await inspect(page);
  const answer = await page.request.get('/tokens');
  const texts = [await answer.text(), await page.content()];
  for (const text of texts) {
    expect(text).toContain('Fingerprint');
    expect(text).not.toMatch(/eyJ[\w-]{10,}/);
  }
});

test('a token is asked about, revoked and asked about again', async ({ page }) => {
  await inspect(page);
  const access = page.getByRole('region', { name: 'Access token' });
  const outcome = page.locator('#outcome');
  await access.getByRole('button', { name: 'Introspect' }).click();
  await expect(outcome.getByRole('heading', { name: 'The org says: active' })).toBeVisible();
  await expect(page).toHaveURL(/\/tokens#outcome$/);
  await expectGoodLooks(page);

  await access.getByRole('button', { name: 'Revoke now' }).click();
  await expect(outcome.getByRole('heading', { name: 'The access token is revoked' })).toBeVisible();
  await access.getByRole('button', { name: 'Introspect' }).click();
  await expect(outcome.getByRole('heading', { name: 'The org says: not active' })).toBeVisible();

  await page.reload();
  await expect(heading(page, 'Your tokens')).toBeVisible();
  await expect(outcome).toHaveCount(0);
  await expect(page.getByRole('banner')).toContainText(jane.name);
});

test('the time that is left runs', needsScript('without a script a page shows the time it was made'), async ({ page }) => {
  await inspect(page);
  const left = page.getByRole('region', { name: 'ID token' }).getByRole('timer');
  const before = await left.textContent();
  await expect(left).not.toHaveText(before ?? '');
  await expect(left).toHaveText(/min \d+ s left/);
});

test('the inspector asks strangers to sign in, and brings them back', async ({ page, watch }) => {
  watch.expectStatus(401);
  await page.goto('/tokens');
  await expect(heading(page, 'Sign in to continue')).toBeVisible();
});
