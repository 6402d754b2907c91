import { Inbox } from '../support/inbox.ts';
import { expectGoodLooks } from '../support/looks.ts';
import { apps, expect, test } from '../support/org-app.ts';
import type { OrgApp } from '../support/org-app.ts';
import { person } from '../support/people.ts';
import type { Page } from '@playwright/test';
import { choose, enterCode, enterPassword, enterUsername, expectStep } from '../support/sign-in.ts';

/** Goes as far as the email of the second factor, and gives its link. */
async function toEmail(page: Page, app: OrgApp, project: string): Promise<string> {
  const lina = person(`two-link.${project}`);
  const inbox = await Inbox.of(lina.login);
  await app.open(page, apps.twoFactors);
  await enterUsername(page, lina.login);
  await choose(page, 'Password');
  await enterPassword(page, lina.password);
  await expectStep(page, 'Verify with your email');
  return inbox.link();
}

// The tests of a project are about one mailbox.
test.describe.configure({ mode: 'default' });

test('the link in the email signs in, in another tab, and the first tab says so', async ({ page, app, watch }, { project }) => {
  watch.expectStatus(400);
  const link = await toEmail(page, app, project.name);
  const tab = await page.context().newPage();
  await tab.goto(link);
  await expectStep(tab, 'Verify with your email');
  await expectGoodLooks(tab);
  await tab.getByRole('button', { name: 'Continue' }).click();
  expect((await app.welcome(tab)).amr).toEqual(['pwd', 'otp', 'mfa']);

  await enterCode(page, '123456');
  await expectStep(page, 'This sign-in is over');
  await expect(page.getByText('It was completed already, perhaps in another tab.')).toBeVisible();
  await expectGoodLooks(page);

  await tab.goto(link);
  await expect(tab.getByRole('alert')).toContainText('This email link has expired.');
  await expectGoodLooks(tab);
});

test('in another browser the link shows the code, and who only looks uses nothing up', async ({ page, app, anotherBrowser }, { project }) => {
  const link = await toEmail(page, app, project.name);
  // Programs that guard mailboxes open every link.
  for (let visits = 0; visits < 3; visits += 1) expect((await fetch(link)).status).toBe(200);

  const phone = await anotherBrowser();
  await phone.goto(link);
  await phone.getByRole('button', { name: 'Continue' }).click();
  await expectStep(phone, 'Your verification code');
  await expectGoodLooks(phone);
  const code = await phone.getByText(/^\d{6}$/).innerText();
  await enterCode(page, code);
  expect((await app.welcome(page)).amr).toEqual(['pwd', 'otp', 'mfa']);
});
