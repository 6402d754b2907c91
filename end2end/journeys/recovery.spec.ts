import * as addresses from '../support/addresses.ts';
import { Inbox } from '../support/inbox.ts';
import { expectGoodLooks } from '../support/looks.ts';
import { apps, expect, test } from '../support/org-app.ts';
import { person } from '../support/people.ts';
import { enterCode, enterCredentials, enterNewPassword, enterPassword, enterUsername, expectStep } from '../support/sign-in.ts';

test('who forgot the password proves by email who they are, and chooses another', async ({ page, app }, { project }) => {
  const flora = person(`forgetful.${project.name}`);
  const inbox = await Inbox.of(flora.login);
  const password = 'Velvet-badger-62-Harbor';
  await app.open(page, apps.passwordOnly);
  await enterUsername(page, flora.login);
  await page.getByRole('button', { name: 'Forgot password?' }).click();
  await expectStep(page, 'Verify with your email');
  await enterCode(page, await inbox.code());

  await expectStep(page, 'Reset your password');
  await expect(page.getByText('at least 8 characters')).toBeVisible();
  await expectGoodLooks(page);
  await enterNewPassword(page, 'short');
  await expect(page.getByRole('alert')).toHaveText('Password requirements were not met.');
  await expectGoodLooks(page);
  await enterNewPassword(page, flora.password);
  await expect(page.getByRole('alert'), 'the old one').toHaveText('Password requirements were not met.');
  await enterNewPassword(page, password);
  await app.welcome(page);
  expect((await inbox.next()).template).toBe('PasswordChanged');

  await page.context().clearCookies();
  await app.open(page, apps.passwordOnly);
  await enterCredentials(page, flora);
  await expect(page.getByRole('alert')).toHaveText('Unable to sign in');
  await enterPassword(page, password);
  await app.welcome(page);
});

test('an expired password is replaced on the way in', async ({ page, app }, { project }) => {
  const edgar = person(`expired.${project.name}`);
  await app.open(page, apps.passwordOnly);
  await enterCredentials(page, edgar);
  await expectStep(page, 'Your password has expired');
  await expect(page.getByLabel('Sign me out of all other devices')).not.toBeChecked();
  await expectGoodLooks(page);
  await enterNewPassword(page, 'Velvet-badger-62-Harbor');
  expect((await app.welcome(page)).amr).toEqual(['pwd']);
});

test('an invitation that went stale is sent again, and begins an account', async ({ page, app }, { project }) => {
  const ida = person(`invited.${project.name}`);
  const inbox = await Inbox.of(ida.login);
  await page.goto(`${addresses.org}/tokens/00000000000000000000/verify`);
  await expect(page.getByRole('alert')).toContainText('Your account activation link is no longer valid.');
  await expectGoodLooks(page);
  await page.getByLabel('Username').fill(ida.login);
  await page.getByRole('button', { name: 'Request activation email' }).click();
  await expect(page.getByText('New activation link requested.')).toBeVisible();
  await expectGoodLooks(page);

  await page.goto(await inbox.link());
  await expectStep(page, 'Activate your account');
  await expectGoodLooks(page);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('listitem').getByRole('button', { name: 'Password' }).click();
  await expectStep(page, 'Set up password');
  await enterNewPassword(page, 'Velvet-badger-62-Harbor');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page).toHaveURL((url) => url.origin === addresses.app);

  await app.open(page, apps.passwordOnly);
  expect((await app.welcome(page)).preferred_username).toBe(ida.login);
});

test('a link that is wrong begins nothing', async ({ page }) => {
  await page.goto(`${addresses.org}/signin/reset-password/00000000000000000000`);
  await expect(page.getByRole('alert')).toHaveText('Your reset password token is no longer valid.');
  await expectGoodLooks(page);
});
