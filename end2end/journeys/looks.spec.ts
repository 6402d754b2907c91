import { expectAccessible } from '../support/accessible.ts';
import { brightness } from '../support/brightness.ts';
import { expectToFit } from '../support/looks.ts';
import { person } from '../support/people.ts';
import { enterUsername, goToOrg, signIn } from '../support/sign-in.ts';
import { expect, test } from '../support/test.ts';

// The narrowest phone that WCAG 1.4.10 speaks of.
test.use({ viewport: { width: 320, height: 640 } });

const wide = person('wide.name');

test('a phone needs no sideways scrolling, however long a name is', async ({ page, watch }) => {
  watch.expectStatus(401, 404);
  for (const path of ['/', '/profile', '/signed-out', '/no-such-page']) {
    await page.goto(path);
    await expectToFit(page);
  }
  await goToOrg(page);
  await expectToFit(page);
  await enterUsername(page, wide.login);
  await expect(page.getByLabel('Password')).toBeVisible();
  await expectToFit(page);

  await signIn(page, wide);
  for (const path of ['/', '/profile', '/tokens', '/security', '/onboarding', '/sign-out']) {
    await page.goto(path);
    await expect(page.getByRole('banner')).toBeVisible();
    await expectToFit(page);
    await expectAccessible(page);
  }
});

test('the pages of app and org are light by day and dark by night', async ({ page }) => {
  for (const visit of [() => page.goto('/'), () => goToOrg(page)]) {
    await visit();
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await brightness(page), page.url()).toBeGreaterThan(0.8);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await brightness(page), page.url()).toBeLessThan(0.25);
  }
});

test('text twice as large breaks nothing', async ({ page }) => {
  await page.goto('/');
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
  await expectToFit(page);
});
