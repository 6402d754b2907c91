import { appCode, Inbox } from '../support/inbox.ts';
import { expectGoodLooks } from '../support/looks.ts';
import { apps, expect, test } from '../support/org-app.ts';
import { person, phoneOf } from '../support/people.ts';
import { choose, enterCode, enterPassword, enterUsername, expectStep } from '../support/sign-in.ts';

test('two factors by password and email', async ({ page, app }, { project }) => {
  const emil = person(`two-email.${project.name}`);
  const inbox = await Inbox.of(emil.login);
  await app.open(page, apps.twoFactors);
  await enterUsername(page, emil.login);
  await choose(page, 'Password');
  await enterPassword(page, emil.password);
  await expectStep(page, 'Verify with your email');

  await enterCode(page, '000000');
  await expect(page.getByRole('alert')).toHaveText('Invalid code. Try again.');
  await expect(page.getByLabel('Enter Code')).toHaveAccessibleDescription('Invalid code. Try again.');
  await expect(page.getByLabel('Enter Code')).toBeFocused();
  await expectGoodLooks(page);
  await enterCode(page, await inbox.code());
  expect((await app.welcome(page)).amr).toEqual(['pwd', 'otp', 'mfa']);
});

test('two factors by password and text message, or by a call instead', async ({ page, app }, { project }) => {
  const fiona = person(`two-phone.${project.name}`);
  const phone = await Inbox.of(phoneOf(fiona));
  for (const { button, amr, channel } of [
    { button: 'Receive a code via SMS', amr: 'sms', channel: 'SMS' },
    { button: 'Receive a voice call', amr: 'tel', channel: 'VOICE' },
  ]) {
    await page.context().clearCookies();
    await app.open(page, apps.twoFactors);
    await enterUsername(page, fiona.login);
    await choose(page, 'Password');
    await enterPassword(page, fiona.password);
    await choose(page, 'Phone');
    await expectStep(page, 'Verify with your phone');
    await expectGoodLooks(page);
    await page.getByRole('button', { name: button }).click();
    const message = await phone.next();
    expect(message.channel).toBe(channel);
    await expect(page.getByText(/\+1 XXX-XXX-\d{4}/).first()).toBeVisible();
    await enterCode(page, message.code ?? '');
    expect((await app.welcome(page)).amr).toEqual(['pwd', amr, 'mfa']);
  }
});

test('two factors by password and an authenticator app', async ({ page, app }, { project }) => {
  const arno = person(`two-app.${project.name}`);
  await app.open(page, apps.twoFactors);
  await enterUsername(page, arno.login);
  await choose(page, 'Password');
  await enterPassword(page, arno.password);
  await choose(page, 'Google Authenticator');
  await expectStep(page, 'Verify with Google Authenticator');
  await expectGoodLooks(page);
  await enterCode(page, await appCode(arno.login));
  expect((await app.welcome(page)).amr).toEqual(['pwd', 'otp', 'mfa']);
});

test('a session with one factor is asked for the second one only', async ({ page, app }, { project }) => {
  const elin = person(`later-email.${project.name}`);
  await app.open(page, apps.passwordOnly);
  await enterUsername(page, elin.login);
  await enterPassword(page, elin.password);
  await app.welcome(page);

  const inbox = await Inbox.of(elin.login);
  await app.open(page, apps.twoFactors);
  await expectStep(page, 'Verify with your email');
  await enterCode(page, await inbox.code());
  expect((await app.welcome(page)).amr).toEqual(['pwd', 'otp', 'mfa']);
});
