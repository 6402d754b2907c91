import * as addresses from '../support/addresses.ts';
import { apiToken } from '../support/api-token.ts';
import { Inbox } from '../support/inbox.ts';
import { leaksIn } from '../support/leaks.ts';
import { expectGoodLooks } from '../support/looks.ts';
import { person } from '../support/people.ts';
import { choose, enterCredentials, enterNewPassword, expectStep, goToOrg, signIn, signOut } from '../support/sign-in.ts';
import { expect, needsScript, test } from '../support/test.ts';
import type { Page } from '@playwright/test';

test.use({ timezoneId: 'Europe/Berlin' });

const phoneSized = { width: 390, height: 800 };

/** A telephone number that nobody else has. */
const numberFor = (project: string): string => (project === 'chromium' ? '+15550100211' : '+15550100212');

async function expectStepIs(page: Page, name: string): Promise<void> {
  await expect(page.getByRole('listitem').filter({ hasText: name }).and(page.locator('[aria-current=step]'))).toBeVisible();
}

/** An account that an administrator makes, which waits for its owner. */
async function invite(login: string): Promise<void> {
  const headers = { authorization: `SSWS ${await apiToken(addresses.org, 'campaign.admin@example.com')}`, 'content-type': 'application/json' };
  const profile = { login, email: login, firstName: 'Ines', lastName: 'Invited' };
  const found = await fetch(`${addresses.org}/api/v1/groups?q=Portico%20users`, { headers });
  const groups = (await found.json()) as { id: string }[];
  const made = await fetch(`${addresses.org}/api/v1/users?activate=true`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ profile, groupIds: groups.map(({ id }) => id) }),
  });
  expect(made.status).toBe(200);
}

test('the first sign-in leads through onboarding, and no later one does', async ({ page, watch }, { project }) => {
  watch.expectStatus(401);
  await page.setViewportSize(phoneSized);
  const newcomer = person(`onboarding.${project.name}`);
  await page.goto('/profile');
  await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
  await enterCredentials(page, newcomer);

  await expect(page.getByRole('heading', { level: 1, name: `Welcome, ${newcomer.firstName}` })).toBeVisible();
  await expectStepIs(page, 'Welcome');
  await expectGoodLooks(page);
  await page.getByRole('button', { name: 'Start' }).click();
  await expectStepIs(page, 'Your name');
  await expectGoodLooks(page);
  await page.getByLabel('First name').fill('Nova');
  await page.getByLabel('Last name').fill('O’Néwcomer');
  await page.getByRole('button', { name: 'Save and continue' }).click();

  await expectStepIs(page, 'Security');
  const phone = await Inbox.of(numberFor(project.name));
  await page.getByLabel('Telephone number').fill('0555');
  await page.getByRole('button', { name: 'Send a code to this number' }).click();
  await expect(page.getByLabel('Telephone number')).toHaveAttribute('aria-invalid', 'true');
  await expectGoodLooks(page);
  await page.getByLabel('Telephone number').fill(numberFor(project.name));
  await page.getByRole('button', { name: 'Send a code to this number' }).click();
  await page.getByLabel('The code that was sent to your telephone').fill(await phone.code());
  await expectGoodLooks(page);
  await page.getByRole('button', { name: 'Verify' }).click();

  await expectStepIs(page, 'Preferences');
  await page.getByRole('link', { name: 'Your name' }).click();
  await expect(page.getByLabel('First name')).toHaveValue('Nova');
  await page.getByRole('button', { name: 'Save and continue' }).click();
  await expectStepIs(page, 'Preferences');
  await expectGoodLooks(page);
  await page.getByRole('combobox', { name: 'Language' }).selectOption('Español');
  await page.getByLabel('Time zone').selectOption('Asia/Tokyo');
  await page.getByRole('radio', { name: 'Profile' }).check();
  await page.getByRole('button', { name: 'Finish' }).click();
  await expect(page).toHaveURL(`${addresses.app}/profile`);
  await expect(page.getByRole('main')).toContainText('JST');

  await page.goto('/onboarding');
  await expect(page.getByRole('heading', { level: 1, name: 'You are all set' })).toBeVisible();
  for (const chosen of ['Nova O’Néwcomer', 'Español', 'Asia/Tokyo']) {
    await expect(page.getByRole('main')).toContainText(chosen);
  }
  await expectGoodLooks(page);

  await signOut(page);
  await signIn(page, newcomer);
  await expect(page).toHaveURL(`${addresses.app}/profile`);
});

test('who was invited begins with the link, and proves the address on the way', async ({ page }, { project }) => {
  await page.setViewportSize(phoneSized);
  const login = `ines.invited.${project.name}@example.com`;
  const inbox = await Inbox.of(login);
  await invite(login);
  await page.goto(await inbox.link());
  await page.getByRole('button').first().click();
  await choose(page, 'Password');
  await expectStep(page, 'Set up password');
  await enterNewPassword(page, 'Meadow-otter-41');
  const welcome = page.getByRole('heading', { level: 1, name: 'Welcome, Ines' });
  const later = page.getByRole('button', { name: /Set up later|Continue/ });
  const signInLink = page.getByRole('banner').getByRole('link', { name: 'Sign in' });
  await expect(signInLink.or(later)).toBeVisible();
  if (await later.isVisible()) await later.click();
  // The org knows them by now, so that nothing is asked again.
  await signInLink.click();
  await expect(welcome).toBeVisible();
  await page.getByRole('button', { name: 'Start' }).click();
  const send = page.getByRole('button', { name: 'Send me a code' });
  const name = page.getByLabel('First name');
  await expect(send.or(name)).toBeVisible();
  if (await send.isVisible()) {
    await expectGoodLooks(page);
    await send.click();
    await expectGoodLooks(page);
    await page.getByLabel('The code from the email').fill(await inbox.code());
    await page.getByRole('button', { name: 'Verify' }).click();
  }
  await expect(name).toHaveValue('Ines');
});

test(
  'a draft survives a reload, and is no secret; the browser offers its time zone',
  needsScript('a draft is kept in the storage of the browser'),
  async ({ page }, { project }) => {
    await goToOrg(page);
    await enterCredentials(page, person(`draft.${project.name}`));
    await page.getByRole('button', { name: 'Start' }).click();
    const firstName = page.getByLabel('First name');
    const draft = () => page.evaluate(() => JSON.stringify({ ...localStorage }));
    // The form is a form before its island is awake, and keeps a draft from then on.
    await expect(async () => {
      await firstName.fill('');
      await firstName.pressSequentially('Danielle');
      expect(await draft()).toContain('Danielle');
    }).toPass();
    expect(leaksIn(await draft())).toEqual([]);

    await page.reload();
    await expect(firstName).toHaveValue('Danielle');
    await page.getByRole('button', { name: 'Save and continue' }).click();
    await page.getByRole('button', { name: 'Do this later' }).click();
    await expect(page.getByRole('group', { name: 'Where do you want to start?' })).toBeVisible();
    await expect.poll(draft).not.toContain('Danielle');
    await expect(page.getByLabel('Time zone')).toHaveValue('Europe/Berlin');
  },
);

test('onboarding belongs to a person', async ({ page, watch }) => {
  watch.expectStatus(401);
  const answer = await page.goto('/onboarding');
  expect(answer?.status()).toBe(401);
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in to continue' })).toBeVisible();
});
