import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/accessible.ts';
import { jane } from '../support/people.ts';
import { enterCredentials, signIn } from '../support/sign-in.ts';
import { expect, needsScript, test } from '../support/test.ts';

const reason = needsScript('without a script every change of route is a page load');

const mainLink = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true });

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });

/** Marks the document, and comes back when the shell's island takes over the links. */
async function mark(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(() => history.scrollRestoration)).toBe('manual');
  await page.evaluate(() => Object.assign(window, { marker: 'still here' }));
  await page.getByRole('status').evaluate((island) => island.setAttribute('data-marker', 'still here'));
}

async function expectSameDocument(page: Page): Promise<void> {
  expect(await page.evaluate(() => (window as { marker?: string }).marker), 'the document').toBe('still here');
  await expect(page.getByRole('status'), 'the island in the shell').toHaveAttribute('data-marker', 'still here');
}

test('a change of route loads no document, moves the focus and is announced', reason, async ({ page }) => {
  await signIn(page, jane);
  await mark(page);

  await mainLink(page, 'Profile').click();
  await expect(heading(page, 'Your profile')).toBeVisible();
  await expect(page).toHaveURL(/\/profile$/);
  await expect(page).toHaveTitle('Your profile · Portico');
  await expect(page.getByRole('main')).toBeFocused();
  await expect(page.getByRole('status')).toHaveText('Your profile · Portico');
  await expect(mainLink(page, 'Profile')).toHaveAttribute('aria-current', 'page');
  await expectSameDocument(page);
  await expectAccessible(page);
});

test('back and forward change the route as well', reason, async ({ page }) => {
  await signIn(page, jane);
  await mark(page);
  await mainLink(page, 'Profile').click();
  await expect(heading(page, 'Your profile')).toBeVisible();
  await mainLink(page, 'Onboarding').click();
  await expect(heading(page, 'You are all set')).toBeVisible();

  await page.goBack();
  await expect(heading(page, 'Your profile')).toBeVisible();
  await page.goBack();
  await expect(heading(page, 'Welcome back, Jane')).toBeVisible();
  await expect(page.getByRole('status')).toHaveText('Welcome back, Jane · Portico');
  await page.goForward();
  await expect(heading(page, 'Your profile')).toBeVisible();
  await expectSameDocument(page);
});

test('a link opened with a modifier is left to the browser', reason, async ({ page, context }) => {
  await signIn(page, jane);
  await mark(page);
  // Now and then Chromium takes the click for the focus alone.
  await expect(async () => {
    const opening = context.waitForEvent('page', { timeout: 10_000 });
    await mainLink(page, 'Profile').click({ modifiers: ['ControlOrMeta'] });
    await expect(heading(await opening, 'Your profile')).toBeVisible();
  }).toPass();
  await expect(heading(page, 'Welcome back, Jane')).toBeVisible();
});

test('islands on the page that was swapped in are awake', reason, async ({ page, watch }) => {
  watch.expectStatus(401);
  await page.goto('/');
  await mark(page);
  await mainLink(page, 'Profile').click();
  await expect(heading(page, 'Sign in to continue')).toBeVisible();
  await expectSameDocument(page);
  await page.evaluate(() => history.replaceState(history.state, '', '#claims'));
  await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
  await enterCredentials(page, jane);
  await expect(heading(page, 'Your profile')).toBeVisible();
  await expect(page).toHaveURL(/\/profile#claims$/);
});

test('when the session has ended, the next change of route shows it', reason, async ({ page, context, watch }) => {
  watch.expectStatus(401);
  await signIn(page, jane);
  await mark(page);
  await context.clearCookies({ domain: '127.0.0.1' });
  await mainLink(page, 'Profile').click();
  await expect(heading(page, 'Sign in to continue')).toBeVisible();
  await expect(page.getByRole('banner').getByRole('link', { name: 'Sign in' })).toBeVisible();
  await expectSameDocument(page);
});
