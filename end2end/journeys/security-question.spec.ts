import { apps, expect, person, test } from '../support/endings.ts';
import { Inbox } from '../support/inbox.ts';
import { expectGoodLooks } from '../support/looks.ts';
import { choose, enterCode, enterUsername, expectStep } from '../support/sign-in.ts';

test.describe.configure({ mode: 'default' });

test('a security question is the second factor where the org allows it', async ({ page, there, place }) => {
  const quinn = person('quinn.question');
  const inbox = await Inbox.of(quinn.login, place.org);
  await there.open(page, apps.twoFactors);
  await enterUsername(page, quinn.login);
  await choose(page, 'Email');
  await enterCode(page, await inbox.code());
  await choose(page, 'Security Question');
  await expectStep(page, 'Verify with your Security Question');
  const answer = page.getByLabel('What is the food you least liked as a child?');
  await expect(answer).toBeFocused();
  await expectGoodLooks(page);

  await answer.fill('spinach');
  await page.getByRole('button', { name: 'Verify' }).click();
  await expect(page.getByRole('alert')).toHaveText("Your answer doesn't match our records. Please try again.");
  await expect(answer).toHaveValue('');
  await expectGoodLooks(page);
  await answer.fill('Brussels  Sprouts');
  await page.getByRole('button', { name: 'Verify' }).click();
  expect((await there.welcome(page)).amr).toEqual(['otp', 'kba', 'mfa']);
});
