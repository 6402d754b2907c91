import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { fileURLToPath } from 'node:url';

const picture = (name: string) => fileURLToPath(new URL(`../docs/images/${name}.png`, import.meta.url));

/** The page as it is, in light and in dark. */
async function takeBoth(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: picture(colorScheme === 'light' ? name : `${name}-dark`) });
  }
  await page.emulateMedia({ colorScheme: null });
}

/** Signs in as John with the password that the home page shows. */
async function signIn(page: Page): Promise<void> {
  await page.goto('/');
  const row = page.getByRole('row').filter({ hasText: 'john.doe@example.com' });
  const password = await row.getByRole('code').innerText();
  await page.getByRole('banner').getByRole('link', { name: 'Sign in' }).click();
  await page.getByLabel('Username').fill('john.doe@example.com');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Verify' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Welcome' })).toBeVisible();
}

test('the documentation has its pictures', async ({ page }) => {
  await page.goto('/');
  await page.screenshot({ path: picture('home') });

  await page.goto('/login');
  await expect(page.getByLabel('Username')).toBeVisible();
  await takeBoth(page, 'sign-in');

  await signIn(page);
  await page.getByRole('button', { name: 'Save and continue' }).click();
  await page.getByRole('radio', { name: 'Profile' }).check();
  await page.getByRole('button', { name: 'Finish' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Your profile' })).toBeVisible();
  await takeBoth(page, 'profile');
});
