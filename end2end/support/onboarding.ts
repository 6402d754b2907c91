import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';

/** Where onboarding lets people start from then on. */
export type Landing = 'Home' | 'Profile';

/** Goes through onboarding, puts off what can be put off, and leaves everything else as it is proposed. */
export async function passOnboarding(page: Page, landing: Landing = 'Home'): Promise<void> {
  await page.getByRole('button', { name: 'Start' }).click();
  await page.getByRole('button', { name: 'Save and continue' }).click();
  const later = page.getByRole('button', { name: 'Do this later' });
  const finish = page.getByRole('button', { name: 'Finish' });
  await expect(later.or(finish)).toBeVisible();
  if (await later.isVisible()) await later.click();
  await page.getByRole('radio', { name: landing }).check();
  await finish.click();
}
