import type { Page } from '@playwright/test';
import * as addresses from '../support/addresses.ts';
import { Inbox } from '../support/inbox.ts';
import { expectGoodLooks, expectToFit } from '../support/looks.ts';
import { managed } from '../support/managed.ts';
import { Program } from '../support/program.ts';
import { johnsPassword, setUp } from '../support/set-up.ts';
import { enterCode, enterPassword, enterUsername, expectStep } from '../support/sign-in.ts';
import { expect, test } from '../support/test.ts';

const john = 'john.doe@example.com';

/** Goes to the app's profile by way of the org. */
const openProfile = (page: Page, app: string) => page.goto(`${app}/login?return_to=/profile`);

/** The app knows the person, and welcomes them. */
const expectWelcome = (page: Page, name: string) =>
  expect(page.getByRole('heading', { level: 1, name: new RegExp(name) })).toBeVisible();

for (const useCase of ['mfa', 'password-optional'] as const) {
  test(`after setup for ${useCase}, the app asks people as the guide says`, async ({ page, watch }, { project }) => {
    const own = addresses.setUp[`${project.name} ${useCase}`];
    if (!own) throw new Error('no addresses');
    // The org is set up, and many pages are looked at.
    test.slow();
    watch.expectOrigin(own.app);
    watch.expectOrigin(own.org);
    // The program is killed under an open page, which listens to it.
    watch.expectMessage(/ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONNECTION_(REFUSED|RESET)/);
    const name = `set-up-${useCase}-${project.name}`;
    const program = await Program.start(managed(name, own));
    try {
      await setUp(name, own, useCase);
      await openProfile(page, own.app);
      await (useCase === 'mfa' ? passwordThenEmail(page, own.org) : emailAlone(page, own));
    } finally {
      await program.kill();
    }
  });
}

async function passwordThenEmail(page: Page, org: string): Promise<void> {
  const inbox = await Inbox.of(john, org);
  await enterUsername(page, john);
  await enterPassword(page, johnsPassword);
  await expectStep(page, 'Verify with your email');
  await enterCode(page, await inbox.code());
  await expectWelcome(page, 'John');
}

async function emailAlone(page: Page, { app, org }: { app: string; org: string }): Promise<void> {
  const email = 'cora.customer@example.com';
  const inbox = await Inbox.of(email, org);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectToFit(page);
  await page.getByRole('button', { name: 'Sign up' }).click();
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('First name').fill('Cora');
  await page.getByLabel('Last name').fill('Customer');
  await page.getByRole('button', { name: 'Sign up' }).click();
  await enterCode(page, await inbox.code());
  await expectStep(page, 'Set up security methods');
  await expectGoodLooks(page);
  await page.getByRole('button', { name: 'Continue' }).click();
  await onboard(page);
  await expect(page).toHaveURL(`${app}/profile`);
  await expectOwnProfile(page, 'Cora Customer');
  await expectToFit(page);

  // From now on the address is enough, and nothing is asked twice.
  await page.context().clearCookies();
  await openProfile(page, app);
  await enterUsername(page, email);
  await enterCode(page, await inbox.code());
  await expectOwnProfile(page, 'Cora Customer');

  // John is no customer of this kind: without his password he does not get in.
  await page.context().clearCookies();
  await openProfile(page, app);
  await enterUsername(page, john);
  await enterPassword(page, johnsPassword);
  await expectWelcome(page, 'John');
}

/** Goes through the app's onboarding as it comes, without a password and without anything else to prove who one is. */
async function onboard(page: Page): Promise<void> {
  await expectStep(page, 'Welcome, Cora');
  await expectGoodLooks(page);
  await page.getByRole('button', { name: 'Start' }).click();
  await expect(page.getByLabel('First name')).toHaveValue('Cora');
  await expectGoodLooks(page);
  await page.getByRole('button', { name: 'Save and continue' }).click();
  const later = page.getByRole('button', { name: 'Do this later' });
  const finish = page.getByRole('button', { name: 'Finish' });
  await expect(later.or(finish)).toBeVisible();
  if (await later.isVisible()) {
    await expectGoodLooks(page);
    await later.click();
  }
  await page.getByRole('radio', { name: 'Profile' }).check();
  await expectGoodLooks(page);
  await finish.click();
}

/** The page that the person wanted to see. */
async function expectOwnProfile(page: Page, name: string): Promise<void> {
  await expectStep(page, 'Your profile');
  await expect(page.getByRole('region', { name: 'You', exact: true })).toContainText(name);
}
