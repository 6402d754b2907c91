import type { Page } from '@playwright/test';
import { apps, expect, person, test } from '../support/endings.ts';
import { Inbox } from '../support/inbox.ts';
import { expectGoodLooks } from '../support/looks.ts';
import { choose, enterCode, enterPassword, enterUsername, expectStep } from '../support/sign-in.ts';

// One org, one clock, and the last tests move it.
test.describe.configure({ mode: 'default' });

/** The ways that a page leads on, of which there must be one. */
async function expectWayOut(page: Page, name: string): Promise<void> {
  const main = page.getByRole('main');
  await expect(main.getByRole('link', { name }).or(main.getByRole('button', { name })).first()).toBeVisible();
  await expectGoodLooks(page);
}

test('somebody whom a policy denies is told so, and can begin again', async ({ page, there }) => {
  const dora = person('dora.denied');
  await there.open(page, apps.nobody);
  await enterUsername(page, dora.login);
  await choose(page, 'Password');
  await enterPassword(page, dora.password);
  await expect(page.getByRole('alert')).toHaveText('You do not have permission to perform the requested action.');
  await expectWayOut(page, 'Go to the app');
  await page.getByRole('button', { name: 'Back to sign in' }).click();
  await expectStep(page, 'Sign in');
});

test('what nobody can prove here is said where the policy asks for it', async ({ page, there }) => {
  const dora = person('dora.denied');
  await there.open(page, apps.hardware);
  await enterUsername(page, dora.login);
  await choose(page, 'Password');
  await enterPassword(page, dora.password);
  await expect(page.getByRole('alert')).toContainText('Unable to sign in at this time.');
  await expectWayOut(page, 'Go to the app');
});

test('what nobody can prove here is said to the app that asks for it', async ({ page, there }) => {
  const dora = person('dora.denied');
  await there.open(page, apps.passwordOnly, { acr_values: 'phrh' });
  await enterUsername(page, dora.login);
  await choose(page, 'Password');
  await enterPassword(page, dora.password);
  await expect(page).toHaveURL(/[?&]error=unmet_authentication_requirements(&|$)/);
});

test('the page of a sign-in is nothing in another browser', async ({ page, there, anotherBrowser, watch }) => {
  watch.expectStatus(400);
  await there.open(page, apps.passwordOnly);
  const stranger = await anotherBrowser();
  await stranger.goto(page.url());
  await expectStep(stranger, 'This sign-in is over');
  await expectWayOut(stranger, 'Leave this page');
});

test('a tab that was left behind says that the sign-in went on', async ({ page, there }) => {
  const dora = person('dora.denied');
  await there.open(page, apps.passwordOnly);
  const behind = await page.context().newPage();
  await behind.goto(page.url());
  await enterUsername(page, dora.login);
  await expectStep(page, 'Verify with your password');
  await enterUsername(behind, dora.login);
  await expect(behind.getByRole('status')).toContainText('This sign-in has gone on meanwhile');
  await expectWayOut(behind, 'Back to sign in');
});

test('a form that did not come from its page is refused with a way out', async ({ page, there, watch }) => {
  watch.expectStatus(403);
  await there.open(page, apps.passwordOnly);
  await page.locator('input[name="token"]').first().evaluate((field: HTMLInputElement) => (field.value = 'made-up'));
  await enterUsername(page, 'dora.denied@example.com');
  await expectStep(page, 'This form did not come from this page');
  await expectWayOut(page, 'Leave this page');
});

test('too many wrong codes end the sign-in', async ({ page, there }) => {
  const gerd = person('gerd.guesser');
  await there.open(page, apps.twoFactors);
  await enterUsername(page, gerd.login);
  await choose(page, 'Email');
  for (let guess = 0; guess < 5; guess += 1) {
    await expectStep(page, 'Verify with your email');
    await enterCode(page, `00000${guess}`);
  }
  await expect(page.getByRole('alert')).toContainText('Too many wrong answers.');
  await expectWayOut(page, 'Go to the app');
});

test('links that never were, and links that were used, say so', async ({ page, place, there: _ }) => {
  const inbox = await Inbox.of('ivo.invited@example.com', place.org);
  await page.goto(`${place.org}/tokens/never-sent/verify`);
  await expect(page.getByRole('alert')).toContainText('Your account activation link is no longer valid.');
  await expectWayOut(page, 'Go to the app');
  await page.getByLabel('Username').fill('ivo.invited@example.com');
  await page.getByRole('button', { name: 'Request activation email' }).click();
  await expect(page.getByText('New activation link requested.')).toBeVisible();
  await expectWayOut(page, 'Go to the app');

  const link = await inbox.link();
  await page.goto(link);
  await expectWayOut(page, 'Continue');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('button', { name: 'Back to sign in' })).toBeVisible();
  await page.goto(link);
  await expect(page.getByRole('alert')).toContainText('Your account activation link is no longer valid.');

  await page.goto(`${place.org}/signin/reset-password/never-sent`);
  await expect(page.getByRole('alert')).toHaveText('Your reset password token is no longer valid.');
  await expectWayOut(page, 'Go to the app');
  await page.goto(`${place.org}/email/verify/${apps.twoFactors}?token=never-sent`);
  await expect(page.getByRole('alert')).toContainText('This email link has expired.');
  await expectWayOut(page, 'Go to the app');
});

test('the link in an email ends with its code, and the sign-in after an hour', async ({ page, there, place, watch }) => {
  watch.expectStatus(400);
  const lena = person('lena.late');
  const inbox = await Inbox.of(lena.login, place.org);
  await there.open(page, apps.twoFactors);
  await enterUsername(page, lena.login);
  await choose(page, 'Email');
  await expectStep(page, 'Verify with your email');
  const link = await inbox.link();
  const waiting = page.url();

  await place.advance('PT6M');
  await page.goto(link);
  await expect(page.getByRole('alert')).toContainText('This email link has expired.');
  await expectWayOut(page, 'Go to the app');
  await page.goto(waiting);
  await expectStep(page, 'Verify with your email');

  await place.advance('PT55M');
  await page.reload();
  await expectStep(page, 'This sign-in is over');
  await expectWayOut(page, 'Leave this page');
});
