import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/accessible.ts';
import { expectGoodLooks } from '../support/looks.ts';
import { jane } from '../support/people.ts';
import { signIn } from '../support/sign-in.ts';
import { expect, needsScript, test } from '../support/test.ts';

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });
const toast = (page: Page) => page.locator('#outcome');

async function expectLanguage(page: Page, tag: string): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('lang', tag);
}

async function choose(page: Page, name: string): Promise<void> {
  await page.getByRole('contentinfo').getByRole('button', { name, exact: true }).click();
}

test.describe('in a German browser', () => {
  test.use({ locale: 'de-DE' });

  test('a stranger reads German, chooses English and takes it back', async ({ page }) => {
    await page.goto('/');
    await expectLanguage(page, 'de');
    await expect(heading(page, 'Kundenidentität, in einer Minute startklar')).toBeVisible();
    await expectGoodLooks(page);

    await choose(page, 'English');
    await expectLanguage(page, 'en');
    await expect(toast(page)).toHaveRole('status');
    await expect(toast(page)).toContainText('The language is English now');
    await expectGoodLooks(page);

    await toast(page).getByRole('button', { name: 'Undo' }).click();
    await expectLanguage(page, 'de');
    await expect(toast(page)).toContainText('Die Sprache ist jetzt Deutsch');
    await toast(page).getByRole('link', { name: 'Schließen' }).click();
    await expect(toast(page)).toHaveCount(0);
    await expectLanguage(page, 'de');
  });
});

test('a person uses every page in German, and is told there what was done', async ({ page, watch }) => {
  await signIn(page, jane);
  await choose(page, 'Deutsch');
  await expect(toast(page)).toContainText('Die Sprache ist jetzt Deutsch');
  const navigation = page.getByRole('navigation', { name: 'Hauptnavigation' });
  for (const [link, title] of [['Profil', 'Ihr Profil'], ['Token', 'Ihre Token'], ['Sicherheit', 'Sicherheit']] as const) {
    await navigation.getByRole('link', { name: link, exact: true }).click();
    await expect(heading(page, title)).toBeVisible();
    await expect(navigation.getByRole('link', { name: link, exact: true })).toHaveAttribute('aria-current', 'page');
    await expect(toast(page)).toHaveCount(0);
    await expectGoodLooks(page);
  }
  watch.expectStatus(404);
  await page.goto('/nirgendwo');
  await expect(heading(page, 'Hier gibt es keine Seite')).toBeVisible();
});

test('a toast goes by itself, and by its link without a new document', needsScript('a script takes it away'), async ({ page }) => {
  await page.clock.install();
  await page.goto('/');
  await choose(page, 'Deutsch');
  await expect(toast(page)).toBeVisible();
  await expect.poll(() => page.evaluate(() => history.scrollRestoration)).toBe('manual');
  await expectAccessible(page);
  await page.mouse.move(1, 1);
  await page.clock.fastForward(60_000);
  await expect(toast(page)).toHaveCount(0);

  await choose(page, 'English');
  await expect(toast(page)).toBeVisible();
  await expect.poll(() => page.evaluate(() => history.scrollRestoration)).toBe('manual');
  await page.evaluate(() => Object.assign(window, { marker: 'still here' }));
  await toast(page).getByRole('link', { name: 'Dismiss' }).click();
  await expect(toast(page)).toHaveCount(0);
  await expect(page.getByRole('main')).toBeFocused();
  expect(await page.evaluate(() => (window as { marker?: string }).marker)).toBe('still here');
});
