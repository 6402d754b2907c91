import { expectAccessible } from '../support/accessible.ts';
import { jane, person } from '../support/people.ts';
import { enterCredentials, enterPassword, goToOrg } from '../support/sign-in.ts';
import { expect, test } from '../support/test.ts';

const nobody = { ...jane, login: 'no.such.person@example.com' };
const refused = [
  { who: 'a wrong password', credentials: { ...jane, password: 'not-the-password-of-jane' } },
  { who: 'an unknown username', credentials: nobody },
  { who: 'a suspended account', credentials: person('sam.suspended') },
  { who: 'an account that was never activated', credentials: person('stella.staged') },
  { who: 'a deactivated account', credentials: person('della.deprovisioned') },
];

for (const { who, credentials } of refused) {
  test(`${who} is refused in the same words as every other`, async ({ page, watch }) => {
    watch.expectStatus(400, 401);
    await goToOrg(page);
    await enterCredentials(page, credentials);

    await expect(page.getByRole('alert')).toHaveText('Unable to sign in');
    await expect(page.getByLabel('Password')).toHaveValue('');
    const body = await page.getByRole('main').innerText();
    expect(body.replaceAll(credentials.login, 'USERNAME')).not.toMatch(/suspend|lock|unknown|exist|active/i);
    await expectAccessible(page);
  });
}

test('a wrong and an unknown username get the very same page', async ({ page, anotherBrowser, watch }) => {
  watch.expectStatus(400, 401);
  const other = await anotherBrowser();
  const attempts = [
    { tab: page, credentials: { ...jane, password: 'not-the-password' } },
    { tab: other, credentials: { ...nobody, password: 'not-the-password' } },
  ];
  const pages = await Promise.all(
    attempts.map(async ({ tab, credentials }) => {
      await goToOrg(tab);
      await enterCredentials(tab, credentials);
      await expect(tab.getByRole('alert')).toBeVisible();
      return (await tab.getByRole('main').ariaSnapshot()).replaceAll(credentials.login, 'USERNAME');
    }),
  );
  expect(pages[0]).toBe(pages[1]);
});

test('after a wrong password the right one still works', async ({ page, watch }) => {
  watch.expectStatus(400, 401);
  await goToOrg(page);
  await enterCredentials(page, { ...jane, password: 'not-the-password' });
  await expect(page.getByRole('alert')).toBeVisible();
  await enterPassword(page, jane.password);
  await expect(page.getByRole('heading', { level: 1, name: 'Welcome back, Jane' })).toBeVisible();
});

test('whom the app is not assigned to is told so by the app, and whom to ask', async ({ page, watch }) => {
  watch.expectStatus(403);
  await goToOrg(page);
  await enterCredentials(page, person('una.unassigned'));

  await expect(page.getByRole('heading', { level: 1, name: 'Signing in did not work' })).toBeVisible();
  await expect(page.getByText('Your account is not assigned to this app.')).toBeVisible();
  await expect(page.getByText('Ask the administrator of the org to assign the app')).toBeVisible();
  await expect(page.getByRole('code').getByText('not_assigned')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Try again' })).toBeVisible();
  await expectAccessible(page);
});
