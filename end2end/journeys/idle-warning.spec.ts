import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/accessible.ts';
import { expect, expectTurned, expectWatched, needsScript, person, test } from '../support/sessions.ts';

test.describe.configure({ mode: 'default' });

const ana = person('ana.everywhere');
const byScript = needsScript('without a script, the next page says that the session has ended');
const question = (page: Page) => page.getByRole('dialog', { name: 'Are you still there?' });

test('two minutes before the end every tab asks, and staying in one of them is enough', byScript, async ({
  page,
  context,
  place,
}) => {
  await place.signIn(page, ana);
  const other = await context.newPage();
  await other.goto(`${place.app}/profile`);
  await expectWatched(other);
  await other.getByRole('link', { name: 'Home', exact: true }).focus();
  await place.advance('PT1H58M30S');
  for (const tab of [page, other]) await expect(question(tab)).toBeVisible();
  await expect(other.getByRole('button', { name: 'Stay signed in' })).toBeFocused();
  await expectAccessible(other);

  await other.keyboard.press('Enter');
  for (const tab of [page, other]) await expect(question(tab)).toBeHidden();
  await expect(other.getByRole('link', { name: 'Home', exact: true })).toBeFocused();
  await place.advance('PT2M');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Your profile' })).toBeVisible();
});

test('the question can be put aside by the keyboard, and the session ends when nobody answers', byScript, async ({
  page,
  place,
}) => {
  await place.signIn(page, ana);
  await expectWatched(page);
  await place.advance('PT1H58M30S');
  await expect(question(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(question(page)).toBeHidden();
  await place.advance('PT2M');
  await expectTurned(page, ana, /two hours/);
  await expectAccessible(page);
});

test('an open page does not keep the session from becoming idle', async ({ page, place, watch }) => {
  watch.expectStatus(401);
  await place.signIn(page, ana);
  await place.advance('PT2H1M');
  const answer = await page.goto(`${place.app}/profile`);
  expect(answer?.status()).toBe(401);
});
