import * as addresses from '../support/addresses.ts';
import { Inbox } from '../support/inbox.ts';
import { expectGoodLooks } from '../support/looks.ts';
import { person, phoneOf } from '../support/people.ts';
import { enterCode, enterPassword, expectStep } from '../support/sign-in.ts';
import { expect, test } from '../support/test.ts';

test('a person signs in on the page of the app, by what the org asks for', async ({ page }, { project }) => {
  const frida = person(`own-forms.${project.name}`);
  const phone = await Inbox.of(phoneOf(frida));
  await page.goto('/sign-in?return_to=%2Fprofile%23claims');
  await expect(page.getByRole('textbox', { name: 'Username' })).toHaveAttribute('autocomplete', 'username');
  await expect(page.getByLabel('Password', { exact: true })).toHaveAttribute('autocomplete', 'current-password');
  await page.getByText('Sign in without a password').click();
  await expect(page.getByRole('radio')).toHaveCount(3);
  await expectGoodLooks(page);
  await page.getByText('Sign in without a password').click();

  for (const password of ['wrong', frida.password]) {
    await page.getByRole('textbox', { name: 'Username' }).fill(frida.login);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click();
    if (password !== 'wrong') continue;
    await expect(page.locator('#outcome')).toContainText('Check the username and the password');
    await expect(page.getByRole('textbox', { name: 'Username' })).toHaveValue(frida.login);
    await expectGoodLooks(page);
  }

  await expectStep(page, 'Enter the code from the text message');
  expect((await phone.next()).channel).toBe('SMS');
  await expect(page.getByLabel('Code')).toHaveAttribute('autocomplete', 'one-time-code');
  await page.getByLabel('Code').fill('000000');
  await page.getByLabel('Code').press('Enter');
  await expect(page.getByLabel('Code')).toHaveAccessibleDescription(/not right/);
  await expectGoodLooks(page);

  await page.getByRole('button', { name: 'Choose another way' }).click();
  await expectStep(page, 'How do you want to go on?');
  await expectGoodLooks(page);
  await page.getByRole('button', { name: 'A code by telephone call' }).click();
  await expectStep(page, 'Enter the code from the call');
  await page.getByLabel('Code').fill(await phone.code());
  await page.getByLabel('Code').press('Enter');
  await expect(page).toHaveURL((url) => url.pathname === '/onboarding' && url.search.includes('%2Fprofile%23claims'));
  await page.goto('/sign-in');
  await expect(page.getByRole('heading', { level: 1, name: 'You are signed in' })).toBeVisible();
});

test('what only the org can ask goes on at its page, and comes back to the same place', async ({ page }, { project }) => {
  const elsa = person(`own-email.${project.name}`);
  const inbox = await Inbox.of(elsa.login);
  await page.goto('/sign-in?return_to=%2Fprofile');
  await page.getByRole('textbox', { name: 'Username' }).fill(elsa.login);
  await page.getByLabel('Password', { exact: true }).fill(elsa.password);
  await page.getByLabel('Password', { exact: true }).press('Enter');
  await expectStep(page, "One more step, on the organization's page");
  await expectGoodLooks(page);

  await page.getByRole('main').getByRole('button', { name: 'Continue' }).click();
  await expect(page).toHaveURL((url) => url.origin === addresses.org);
  await expect(page.getByLabel('Username')).toHaveValue(elsa.login);
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('listitem').getByRole('button', { name: 'Password' }).click();
  await enterPassword(page, elsa.password);
  await expectStep(page, 'Verify with your email');
  await enterCode(page, await inbox.code());
  await expect(page).toHaveURL((url) => url.origin === addresses.app && url.search.includes('%2Fprofile'));
});
