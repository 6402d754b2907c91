import { expectAccessible } from '../support/accessible.ts';
import * as addresses from '../support/addresses.ts';
import { leaksIn } from '../support/leaks.ts';
import { person } from '../support/people.ts';
import { goToOrg, enterCredentials, signIn, signOut } from '../support/sign-in.ts';
import { expect, needsScript, test } from '../support/test.ts';

test('the first sign-in leads through onboarding, and no later one does', async ({ page, watch }, { project }) => {
  watch.expectStatus(401);
  const newcomer = person(`onboarding.${project.name}`);
  await page.goto('/profile');
  await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
  await enterCredentials(page, newcomer);

  await expect(page.getByRole('heading', { level: 1, name: `Welcome, ${newcomer.firstName}` })).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'Your name' })).toHaveAttribute('aria-current', 'step');
  await expectAccessible(page);
  await page.getByLabel('First name').fill('Nova');
  await page.getByLabel('Last name').fill('O’Néwcomer');
  await page.getByLabel('Language').selectOption('Deutsch');
  await page.getByRole('button', { name: 'Save and continue' }).click();

  await expect(page.getByRole('group', { name: 'Where do you want to start?' })).toBeVisible();
  await expectAccessible(page);
  await page.reload();
  await expect(page.getByRole('group', { name: 'Where do you want to start?' })).toBeVisible();
  await page.getByRole('radio', { name: 'Profile' }).check();
  await page.getByRole('button', { name: 'Finish' }).click();
  await expect(page).toHaveURL(`${addresses.app}/profile`);

  await page.goto('/onboarding');
  await expect(page.getByRole('heading', { level: 1, name: 'You are all set' })).toBeVisible();
  await expect(page.getByRole('main')).toContainText('Nova O’Néwcomer');
  await expect(page.getByRole('main')).toContainText('Deutsch');
  await expectAccessible(page);

  await signOut(page);
  await signIn(page, newcomer);
  await expect(page).toHaveURL(`${addresses.app}/profile`);
});

test(
  'a draft survives a reload, and is no secret',
  needsScript('a draft is kept in the storage of the browser'),
  async ({ page }, { project }) => {
    await goToOrg(page);
    await enterCredentials(page, person(`draft.${project.name}`));
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
    await expect(page.getByRole('group', { name: 'Where do you want to start?' })).toBeVisible();
    await expect.poll(draft).not.toContain('Danielle');
  },
);

test('onboarding belongs to a person', async ({ page, watch }) => {
  watch.expectStatus(401);
  const answer = await page.goto('/onboarding');
  expect(answer?.status()).toBe(401);
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in to continue' })).toBeVisible();
});
