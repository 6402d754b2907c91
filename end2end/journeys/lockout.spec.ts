import type { Page } from '@playwright/test';
import * as addresses from '../support/addresses.ts';
import { Inbox } from '../support/inbox.ts';
import { expectGoodLooks } from '../support/looks.ts';
import { apps, expect, test } from '../support/org-app.ts';
import { person } from '../support/people.ts';
import { Program } from '../support/program.ts';
import { choose, enterCode, enterPassword, enterUsername, expectStep } from '../support/sign-in.ts';

/** Three wrong passwords, as many as the policy of these people forgives, and the right one in vain. */
async function lockOut(page: Page, password: string): Promise<void> {
  for (const attempt of ['first', 'second', 'third', password]) {
    await enterPassword(page, attempt);
    await expect(page.getByRole('alert')).toHaveText('Unable to sign in');
  }
}

test('a locked account is unlocked by email', async ({ page, app }, { project }) => {
  const lotte = person(`lockable.${project.name}`);
  const inbox = await Inbox.of(lotte.login);
  await app.open(page, apps.passwordOnly);
  await enterUsername(page, lotte.login);
  await lockOut(page, lotte.password);
  expect((await inbox.next()).template, 'its owner is told').toBe('AccountLockout');

  await page.getByRole('button', { name: 'Back to sign in' }).click();
  await page.getByRole('button', { name: 'Unlock account?' }).click();
  await expectStep(page, 'Unlock account?');
  await expectGoodLooks(page);
  await page.getByLabel('Username').fill(lotte.login);
  await page.getByRole('button', { name: 'Receive a code by email' }).click();
  await enterCode(page, await inbox.code());
  await expect(page.getByRole('status')).toContainText('Account successfully unlocked!');
  await expectGoodLooks(page);
  await enterPassword(page, lotte.password);
  await app.welcome(page);
});

test.describe('as time passes', () => {
  let program: Program | undefined;
  let org: string;

  /** Lets time pass at the org. */
  async function advance(duration: string): Promise<void> {
    const body = JSON.stringify({ advance: duration });
    const answer = await fetch(`${org}/dev/clock`, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
    expect(answer.status).toBe(200);
  }

  test.beforeAll(async ({}, { project }) => {
    const place = addresses.timeTravel[project.name];
    if (!place) throw new Error(`no addresses for ${project.name}`);
    org = place.org;
    program = await Program.start({ name: `time-travel-${project.name}`, ...place });
  });

  test.afterAll(() => program?.stop());

  test.describe.configure({ mode: 'default' });

  test('a locked account opens by itself', async ({ page, app }, { project }) => {
    const lotte = person(`lockable.${project.name}`);
    const there = app.at(org);
    await there.open(page, apps.passwordOnly);
    await enterUsername(page, lotte.login);
    await lockOut(page, lotte.password);
    await advance('PT9M');
    await enterPassword(page, lotte.password);
    await expect(page.getByRole('alert')).toHaveText('Unable to sign in');
    await advance('PT2M');
    await enterPassword(page, lotte.password);
    await there.welcome(page);
  });

  test('a code is good for five minutes, and another one can be had', async ({ page, app }, { project }) => {
    const emil = person(`two-email.${project.name}`);
    const there = app.at(org);
    const inbox = await Inbox.of(emil.login, org);
    await there.open(page, apps.twoFactors);
    await enterUsername(page, emil.login);
    await choose(page, 'Password');
    await enterPassword(page, emil.password);
    const code = await inbox.code();
    await page.getByRole('button', { name: 'Send again' }).click();
    await expect(page.getByRole('status')).toContainText('You can ask for another one after 5 seconds.');

    await advance('PT6M');
    await enterCode(page, code);
    await expect(page.getByRole('alert')).toHaveText('Invalid code. Try again.');
    await page.getByRole('button', { name: 'Send again' }).click();
    await expect(page.getByRole('status')).toHaveText('A new email was sent.');
    await expectGoodLooks(page);
    await enterCode(page, await inbox.code());
    await there.welcome(page);
  });
});
