import { expectAccessible } from '../support/accessible.ts';
import * as addresses from '../support/addresses.ts';
import { jane } from '../support/people.ts';
import { enterCredentials } from '../support/sign-in.ts';
import { expect, needsScript, test } from '../support/test.ts';

const deep = '/profile?tab=claims&of=jane%26co';

test('a deep link survives signing in, with its query', async ({ page, watch }) => {
  watch.expectStatus(401);
  const answer = await page.goto(deep);
  expect(answer?.status()).toBe(401);
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in to continue' })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
  await enterCredentials(page, jane);
  await expect(page.getByRole('heading', { level: 1, name: 'Your profile' })).toBeVisible();
  await expect(page).toHaveURL(`${addresses.app}${deep}`);
});

test(
  'a deep link survives signing in, with its fragment',
  needsScript('a fragment never reaches the server'),
  async ({ page, watch }) => {
    watch.expectStatus(401);
    await page.goto(`${deep}#claims`);
    // The link takes the fragment along as soon as its island is awake.
    const link = page.getByRole('main').getByRole('link', { name: 'Sign in' });
    await expect(async () => {
      await link.hover();
      await link.dispatchEvent('click', { ctrlKey: true, cancelable: true });
      expect(await link.getAttribute('href')).toContain('%23claims');
    }).toPass();
    await link.click();
    await enterCredentials(page, jane);
    await expect(page.getByRole('heading', { level: 1, name: 'Your profile' })).toBeVisible();
    await expect(page).toHaveURL(`${addresses.app}${deep}#claims`);
  },
);
