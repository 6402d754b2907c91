import { expectAccessible } from '../support/accessible.ts';
import * as addresses from '../support/addresses.ts';
import { jane } from '../support/people.ts';
import { enterCredentials, enterPassword, enterUsername, goToOrg, signIn } from '../support/sign-in.ts';
import { expect, test } from '../support/test.ts';

test('a person signs in on the page of the org and is welcomed by name', async ({ page }) => {
  await page.goto('/');
  await expectAccessible(page);

  await goToOrg(page);
  await expect(page).toHaveTitle('Sign in - Portico');
  await expectAccessible(page);
  await enterUsername(page, jane.login);
  await expect(page.getByText(jane.login)).toBeVisible();
  await expectAccessible(page);
  await enterPassword(page, jane.password);

  await expect(page).toHaveURL(`${addresses.app}/`);
  await expect(page.getByRole('heading', { level: 1, name: 'Welcome back, Jane' })).toBeVisible();
  await expect(page.getByRole('banner')).toContainText(jane.name);
  await expectAccessible(page);
});

test('the sign-in page says what it wants in words that assistive technology can use', async ({ page }) => {
  await goToOrg(page);
  await expect(page.getByRole('main')).toMatchAriaSnapshot(`
    - heading "Sign in" [level=1]
    - textbox "Username"
    - checkbox "Keep me signed in"
    - button "Next"
  `);
  await expect(page.getByLabel('Username')).toHaveAttribute('autocomplete', 'username webauthn');

  await enterUsername(page, jane.login);
  await expect(page.getByLabel('Password')).toHaveAttribute('autocomplete', 'current-password');
  await expect(page.getByLabel('Password')).toHaveAttribute('type', 'password');
  await expect(page.getByRole('button', { name: 'Verify' })).toBeVisible();
});

test('who mistyped the username goes back and types it again', async ({ page }) => {
  await goToOrg(page);
  await enterUsername(page, 'jane.actvie@example.com');
  await page.getByText('Back to sign in').click();
  await enterCredentials(page, jane);
  await expect(page.getByRole('heading', { level: 1, name: 'Welcome back, Jane' })).toBeVisible();
});

test('whoever is signed in at the org enters a second time without being asked', async ({ page, context }) => {
  await signIn(page, jane);
  await context.clearCookies({ domain: '127.0.0.1' });
  await page.goto('/');
  await page.getByRole('banner').getByRole('link', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Welcome back, Jane' })).toBeVisible();
});

for (const keepMeSignedIn of [true, false]) {
  const outcome = keepMeSignedIn ? 'outlives the browser when asked to' : 'ends with the browser';
  test(`the session at the org ${outcome}`, async ({ page, context, anotherBrowser }) => {
    await signIn(page, jane, { keepMeSignedIn });
    const cookies = await context.cookies(addresses.org);
    expect(cookies.map(({ name }) => name)).toContain('idx');

    // What a browser still has after it was closed and opened again.
    const lasting = cookies.filter(({ expires }) => expires !== -1);
    const reopened = await anotherBrowser({ cookies: lasting, origins: [] });
    await reopened.goto('/login');
    const name = keepMeSignedIn ? 'Welcome back, Jane' : 'Sign in';
    await expect(reopened.getByRole('heading', { level: 1, name })).toBeVisible();
  });
}
