import { Inbox } from '../support/inbox.ts';
import { expectGoodLooks } from '../support/looks.ts';
import { apps, expect, test } from '../support/org-app.ts';
import { person } from '../support/people.ts';
import { choose, enterCode, enterCredentials, enterPassword, enterUsername, expectStep } from '../support/sign-in.ts';

test('an app that wants a password asks for the password alone', async ({ page, app }, { project }) => {
  const anna = person(`any-factor.${project.name}`);
  await app.open(page, apps.passwordOnly);
  await enterCredentials(page, anna);
  expect((await app.welcome(page)).amr).toEqual(['pwd']);
});

test('an app that wants any one factor lets people choose which', async ({ page, app }, { project }) => {
  const anna = person(`any-factor.${project.name}`);
  const inbox = await Inbox.of(anna.login);
  await app.open(page, apps.oneFactor);
  await enterUsername(page, anna.login);
  await expectStep(page, "Verify it's you with a security method");
  await expect(page.getByRole('main')).toMatchAriaSnapshot(`
    - heading "Verify it's you with a security method" [level=1]
    - list:
      - listitem:
        - button /Password/
      - listitem:
        - button /Email/
    - button "Forgot password?"
    - button "Back to sign in"
  `);
  await expectGoodLooks(page);

  await choose(page, 'Email');
  await expectStep(page, 'Verify with your email');
  await expect(page.getByText('We sent an email to a**')).toBeVisible();
  await expect(page.getByLabel('Enter Code')).toHaveAttribute('autocomplete', 'one-time-code');
  await expect(page.getByLabel('Enter Code')).toHaveAttribute('inputmode', 'numeric');
  await expectGoodLooks(page);
  await enterCode(page, await inbox.code());

  const claims = await app.welcome(page);
  expect(claims.amr).toEqual(['otp']);
  expect(claims.preferred_username).toBe(anna.login);
});

test('who changes their mind verifies with something else', async ({ page, app }, { project }) => {
  const alma = person(`other-factor.${project.name}`);
  await app.open(page, apps.oneFactor);
  await enterUsername(page, alma.login);
  await choose(page, 'Email');
  await page.getByText('Verify with something else').click();
  await expectGoodLooks(page);
  await choose(page, 'Password');
  await expectStep(page, 'Verify with your password');
  await expectGoodLooks(page);
  await enterPassword(page, alma.password);
  expect((await app.welcome(page)).amr).toEqual(['pwd']);
});

test('a page says why it asks, which the list of sign-ins repeats', async ({ page, app }, { project }) => {
  const anna = person(`any-factor.${project.name}`);
  await app.open(page, apps.oneFactor);
  await enterUsername(page, anna.login);
  await page.getByText('Why am I asked this?').click();
  await expect(page.getByText('Authentication policy: One factor access, rule “Catch-all Rule”')).toBeVisible();
  await expectGoodLooks(page);

  await page.goto(new URL('/dev/explain', page.url()).href);
  await expectGoodLooks(page);
  await page.getByRole('link', { name: anna.login }).first().click();
  await expect(page.getByText('Authentication policy: One factor access')).toBeVisible();
  await expectGoodLooks(page);
});
