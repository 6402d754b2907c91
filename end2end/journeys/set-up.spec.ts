import type { Page } from '@playwright/test';
import * as addresses from '../support/addresses.ts';
import { Inbox } from '../support/inbox.ts';
import { managed } from '../support/managed.ts';
import { Program } from '../support/program.ts';
import { johnsPassword, setUp } from '../support/set-up.ts';
import { enterCode, enterPassword, enterUsername, expectStep } from '../support/sign-in.ts';
import { expect, test } from '../support/test.ts';

const john = 'john.doe@example.com';

/** Goes to the app's profile by way of the org. */
const openProfile = (page: Page, app: string) => page.goto(`${app}/login?return_to=/profile`);

/** The app knows the person. */
const expectProfile = (page: Page, name: string) =>
  expect(page.getByRole('heading', { level: 1, name: new RegExp(name) })).toBeVisible();

for (const useCase of ['mfa', 'password-optional'] as const) {
  test(`after setup for ${useCase}, the app asks people as the guide says`, async ({ page, watch }, { project }) => {
    const own = addresses.setUp[`${project.name} ${useCase}`];
    if (!own) throw new Error('no addresses');
    watch.expectOrigin(own.app);
    watch.expectOrigin(own.org);
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
  await expectProfile(page, 'John');
}

async function emailAlone(page: Page, { app, org }: { app: string; org: string }): Promise<void> {
  const email = 'cora.customer@example.com';
  const inbox = await Inbox.of(email, org);
  await page.getByRole('button', { name: 'Sign up' }).click();
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('First name').fill('Cora');
  await page.getByLabel('Last name').fill('Customer');
  await page.getByRole('button', { name: 'Sign up' }).click();
  await enterCode(page, await inbox.code());
  await page.getByRole('button', { name: 'Continue' }).click();
  await expectProfile(page, 'Cora');

  await page.context().clearCookies();
  await openProfile(page, app);
  await enterUsername(page, email);
  await enterCode(page, await inbox.code());
  await expectProfile(page, 'Cora');

  // John is no customer of this kind: without his password he does not get in.
  await page.context().clearCookies();
  await openProfile(page, app);
  await enterUsername(page, john);
  await enterPassword(page, johnsPassword);
  await expectProfile(page, 'John');
}
