import { Inbox } from '../support/inbox.ts';
import { expectGoodLooks } from '../support/looks.ts';
import { apps, expect, test } from '../support/org-app.ts';
import { jane } from '../support/people.ts';
import { choose, enterCode, enterUsername, expectStep } from '../support/sign-in.ts';
import type { Page } from '@playwright/test';

async function fill(page: Page, email: string): Promise<void> {
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('First name').fill('Nina');
  await page.getByLabel('Last name').fill('New');
  await page.getByRole('button', { name: 'Sign up' }).click();
}

test('a newcomer signs up with nothing but an address, and signs in again without a password', async ({ page, app }, { project }) => {
  const email = `nina.new.${project.name}@example.com`;
  const inbox = await Inbox.of(email);
  await app.open(page, apps.withoutPasswords);
  await page.getByRole('button', { name: 'Sign up' }).click();
  await expectStep(page, 'Sign up');
  await expect(page.getByLabel('First name')).toHaveAttribute('autocomplete', 'given-name');
  await expectGoodLooks(page);

  // The browser's own check is content with it.
  await fill(page, 'nina@new');
  await expect(page.getByRole('alert')).toContainText('Enter an email address');
  await expect(page.getByLabel('Last name')).toHaveValue('New');
  await expectGoodLooks(page);

  await fill(page, email);
  await expectStep(page, 'Verify with your email');
  await expectGoodLooks(page);
  await enterCode(page, await inbox.code());
  await expectStep(page, 'Set up security methods');
  await expectGoodLooks(page);
  await page.getByRole('button', { name: 'Continue' }).click();
  const { sub } = await app.welcome(page);

  await page.context().clearCookies();
  await app.open(page, apps.withoutPasswords);
  await enterUsername(page, email);
  await expectStep(page, 'Verify with your email');
  await enterCode(page, await inbox.code());
  const claims = await app.welcome(page);
  expect(claims.sub).toBe(sub);
  expect(claims.amr).toEqual(['otp']);
});

test('who has an account learns it by email, and nobody else does', async ({ page, app }) => {
  const inbox = await Inbox.of(jane.login);
  await app.open(page, apps.withoutPasswords);
  await page.getByRole('button', { name: 'Sign up' }).click();
  await fill(page, jane.login);
  await expectStep(page, 'Verify with your email');
  const letter = await inbox.next();
  expect(letter.template).toBe('RegistrationAttempt');
  expect(letter.code).toBeNull();
});

test('an app that registers nobody does not offer it', async ({ page, app }) => {
  await app.open(page, apps.passwordOnly);
  await expectStep(page, 'Sign in');
  await expect(page.getByRole('button', { name: 'Sign up' })).toHaveCount(0);
});

test('a newcomer may set up a password after all', async ({ page, app }, { project }) => {
  const email = `paul.password.${project.name}@example.com`;
  const inbox = await Inbox.of(email);
  await app.open(page, apps.withoutPasswords);
  await page.getByRole('button', { name: 'Sign up' }).click();
  await fill(page, email);
  await enterCode(page, await inbox.code());
  await choose(page, 'Password');
  await expectStep(page, 'Set up password');
  await expect(page.getByLabel('New password')).toHaveAttribute('autocomplete', 'new-password');
  await expectGoodLooks(page);
  await page.getByLabel('New password').fill('Meadow-otter-41');
  await page.getByLabel('Re-enter password').fill('Meadow-otter-14');
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByRole('alert')).toHaveText('New passwords must match');
  await expectGoodLooks(page);
  await page.getByLabel('New password').fill('Meadow-otter-41');
  await page.getByLabel('Re-enter password').fill('Meadow-otter-41');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await app.welcome(page);
});
