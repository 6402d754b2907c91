import { Inbox } from '../support/inbox.ts';
import { expectGoodLooks } from '../support/looks.ts';
import { apps, expect, test } from '../support/org-app.ts';
import { person, phoneFor } from '../support/people.ts';
import { choose, enterCode, enterCredentials, expectStep } from '../support/sign-in.ts';
import { totp } from '../support/totp.ts';

test('the first sign-in offers to set up more, one by one, until it is enough', async ({ page, app }, { project }) => {
  test.slow();
  const noah = person(`newcomer.${project.name}`);
  const phone = await Inbox.of(phoneFor(project.name));
  await app.open(page, apps.passwordOnly);
  await enterCredentials(page, noah);
  await expectStep(page, 'Set up security methods');
  await expect(page.getByRole('button', { name: 'Set up later' })).toBeVisible();
  await expectGoodLooks(page);

  await test.step('a telephone', async () => {
    await choose(page, 'Phone');
    await expectStep(page, 'Set up phone authentication');
    await expect(page.getByLabel('Phone number')).toHaveAttribute('autocomplete', 'tel');
    await expectGoodLooks(page);
    await page.getByLabel('Phone number').fill('0555');
    await page.getByRole('button', { name: 'Receive a code via SMS' }).click();
    await expect(page.getByRole('alert')).toHaveText('Invalid phone number.');
    await expect(page.getByLabel('Phone number')).toHaveValue('0555');
    await page.getByLabel('Phone number').fill(phoneFor(project.name));
    await page.getByRole('button', { name: 'Receive a code via SMS' }).click();
    await expectStep(page, 'Set up phone authentication');
    await expectGoodLooks(page);
    await enterCode(page, await phone.code());
  });

  await test.step('an authenticator app', async () => {
    await choose(page, 'Google Authenticator');
    await expectStep(page, 'Set up Google Authenticator');
    const picture = page.getByRole('img', { name: 'QR code' });
    await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
    await page.getByText("Can't scan?").click();
    await expectGoodLooks(page);
    const key = await page.getByRole('code').innerText();
    await enterCode(page, totp(key));
  });

  await test.step('a security question', async () => {
    await choose(page, 'Security Question');
    await expectStep(page, 'Set up security question');
    await expect(page.getByLabel('Your own question')).toBeHidden();
    await page.getByLabel('Choose a security question').selectOption('A question of my own');
    await page.getByLabel('Your own question').fill('What is on the shelf?');
    await page.getByLabel('Answer').fill('The shelf');
    await page.getByRole('button', { name: 'Verify' }).click();
    await expect(page.getByRole('alert')).toContainText('The answer must have at least 4 characters');
    await expect(page.getByLabel('Your own question')).toHaveValue('What is on the shelf?');
    await expectGoodLooks(page);
    await page.getByLabel('Answer').fill('A brass owl');
    await page.getByRole('button', { name: 'Verify' }).click();
  });

  await expectStep(page, 'Set up security methods');
  await page.getByRole('button', { name: 'Continue' }).click();
  await app.welcome(page);

  await page.context().clearCookies();
  await app.open(page, apps.passwordOnly);
  await enterCredentials(page, noah);
  expect((await app.welcome(page)).preferred_username, 'it is the first sign-in only').toBe(noah.login);
});

test('who wants to set up more another time goes on', async ({ page, app }, { project }) => {
  const hanna = person(`hasty.${project.name}`);
  await app.open(page, apps.passwordOnly);
  await enterCredentials(page, hanna);
  await choose(page, 'Phone');
  await page.getByRole('button', { name: 'Set up later' }).click();
  await app.welcome(page);
});
