import * as addresses from '../support/addresses.ts';
import { jane } from '../support/people.ts';
import { enterCredentials, enterPassword, enterUsername } from '../support/sign-in.ts';
import { expect, test } from '../support/test.ts';

test('two tabs sign in at once, and each arrives where it wanted to go', async ({ page, context }) => {
  const other = await context.newPage();
  await page.goto('/login?return_to=/profile?tab=one');
  await other.goto('/login?return_to=/profile?tab=two');

  await enterUsername(page, jane.login);
  await enterUsername(other, jane.login);
  await enterPassword(page, jane.password);
  await expect(page).toHaveURL(`${addresses.app}/profile?tab=one`);
  await enterPassword(other, jane.password);
  await expect(other).toHaveURL(`${addresses.app}/profile?tab=two`);

  for (const tab of [page, other]) {
    await tab.reload();
    await expect(tab.getByRole('heading', { level: 1, name: 'Your profile' })).toBeVisible();
  }
});

test('a tab left on the sign-in page still works after another has signed in', async ({ page, context }) => {
  const forgotten = await context.newPage();
  await forgotten.goto('/login?return_to=/profile');
  await page.goto('/login');
  await enterCredentials(page, jane);
  await expect(page.getByRole('heading', { level: 1, name: 'Welcome back, Jane' })).toBeVisible();

  await forgotten.reload();
  await expect(forgotten.getByRole('heading', { level: 1 })).toHaveText(/^(Sign in|Your profile)$/);
  if (new URL(forgotten.url()).origin === addresses.org) await enterCredentials(forgotten, jane);
  await expect(forgotten).toHaveURL(`${addresses.app}/profile`);
});
