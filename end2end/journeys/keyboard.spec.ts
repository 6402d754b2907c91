import type { Locator, Page } from '@playwright/test';
import { person } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

/** Presses Tab until the focus is on the target, and makes sure that one can see it there. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  const isFocused = () => target.evaluate((element) => element === document.activeElement);
  for (let presses = 0; !(await isFocused()); presses += 1) {
    expect(presses, 'presses of Tab').toBeLessThan(30);
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
  await tabTo(page, page.getByLabel(label));
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
  await type(page, 'First name', 'Kimberly');
  await tabTo(page, page.getByLabel('Language'));
  await page.keyboard.press('D');
  await expect(page.getByLabel('Language')).toHaveValue('de-DE');
  await press(page, button('Save and continue'));
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

test('the first press of Tab offers to skip to the content', async ({ page }) => {
  await page.goto('/');
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to content' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});
