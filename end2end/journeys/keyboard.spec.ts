import type { Locator, Page } from '@playwright/test';
import { Inbox } from '../support/inbox.ts';
import { person, phoneOf } from '../support/people.ts';
import { expect, needsScript, test } from '../support/test.ts';

/** Presses Tab until the focus is on the target, and makes sure that one can see it there. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  const isFocused = () => target.evaluate((element) => element === document.activeElement);
  for (let presses = 0; !(await isFocused()); presses += 1) {
    expect(presses, 'presses of Tab').toBeLessThan(40);
    await page.keyboard.press('Tab');
  }
  const ring = await target.evaluate((element) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    return { outline: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2, shadow: boxShadow !== 'none' };
  });
  expect(ring.outline || ring.shadow, 'a focus ring').toBe(true);
}

async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

async function type(page: Page, label: string, text: string): Promise<void> {
  await tabTo(page, page.getByLabel(label, { exact: true }).filter({ visible: true }));
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(text);
}

test('the whole journey works with the keyboard alone', async ({ page }, { project }) => {
  const kim = person(`keyboard.${project.name}`);
  const button = (name: string) => page.getByRole('button', { name });
  const heading = (name: string) => page.getByRole('heading', { level: 1, name });

  await page.goto('/');
  await press(page, page.getByRole('banner').getByRole('link', { name: 'Sign in' }));
  await type(page, 'Username', kim.login);
  await tabTo(page, page.getByLabel('Keep me signed in'));
  await page.keyboard.press('Space');
  await press(page, button('Next'));
  await type(page, 'Password', kim.password);
  await page.keyboard.press('Enter');

  await expect(heading(`Welcome, ${kim.firstName}`)).toBeVisible();
  await press(page, button('Start'));
  await type(page, 'First name', 'Kimberly');
  await press(page, button('Save and continue'));
  await press(page, button('Do this later'));
  await tabTo(page, page.getByRole('combobox', { name: 'Language' }));
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('combobox', { name: 'Language' })).toHaveValue('en-GB');
  await tabTo(page, page.getByRole('radio', { name: 'Home' }));
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: 'Profile' })).toBeChecked();
  await press(page, button('Finish'));

  await expect(heading('Your profile')).toBeVisible();
  await press(page, page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Home' }));
  await expect(heading('Welcome back')).toBeVisible();
  await press(page, page.getByRole('banner').getByRole('button', { name: 'Sign out' }));
  await expect(heading('You are signed out')).toBeVisible();
});

const sameWithout = needsScript('the forms are the same without one, and are tried so where they are at home');

test('the own forms, and a campaign from its making to its end, work with the keyboard alone', sameWithout, async ({ page }, { project }) => {
  const kira = person(`keyboard-campaign.${project.name}`);
  const phone = await Inbox.of(phoneOf(kira));
  const button = (name: string | RegExp) => page.getByRole('main').getByRole('button', { name });
  const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name });

  await page.goto('/sign-in?return_to=%2Fcampaigns');
  await type(page, 'Username', kira.login);
  await type(page, 'Password', kira.password);
  await page.keyboard.press('Enter');
  await expect(heading('Enter the code from the text message')).toBeVisible();
  await type(page, 'Code', await phone.code());
  await page.keyboard.press('Enter');
  await expect(heading(`Welcome, ${kira.firstName}`)).toBeVisible();

  await page.goto('/campaigns');
  await press(page, page.getByRole('link', { name: 'New campaign' }));
  await type(page, 'Name', `By keyboard ${project.name}`);
  await tabTo(page, page.getByLabel('Group'));
  await page.keyboard.type('Retailers');
  await press(page, button('Make the campaign'));
  await expect(heading(`By keyboard ${project.name}`)).toBeVisible();
  await type(page, 'Or rows', `ada.${project.name}@keyboard.example.com, Ada, Lovelace`);
  await press(page, button('Look at the rows'));
  await press(page, button('Import 1 person'));
  await press(page, button('Send 1 invitation'));
  await expect(button('Ask the org anew')).toBeVisible();
  await press(page, page.getByRole('link', { name: 'Delete the campaign' }));
  await expect(heading(/^Delete /)).toBeVisible();
  await press(page, button('Delete the campaign'));
  await expect(page.locator('#outcome')).toContainText('The campaign is deleted');
});

test('the first press of Tab offers to skip to the content', async ({ page }) => {
  await page.goto('/');
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to content' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});
