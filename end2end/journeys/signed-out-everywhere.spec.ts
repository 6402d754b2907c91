import { expectAccessible } from '../support/accessible.ts';
import { expect, expectTurned, expectWatched, needsScript, person, test } from '../support/sessions.ts';
import { enterCredentials } from '../support/sign-in.ts';

test.describe.configure({ mode: 'default' });

const ana = person('ana.everywhere');
const byScript = needsScript('without a script, the next page says it');

test('signing out in one tab turns all others at once, and nothing of the person stays', byScript, async ({
  page,
  context,
  place,
}) => {
  await place.signIn(page, ana);
  const others = [await context.newPage(), await context.newPage()];
  for (const other of others) {
    await other.goto(`${place.app}/profile?tab=other#facts`);
    await expectWatched(other);
  }
  await page.getByRole('banner').getByRole('button', { name: 'Sign out' }).click();
  for (const other of others) {
    const heading = other.getByRole('heading', { level: 1, name: 'You are signed out' });
    await expect(heading).toBeVisible({ timeout: 1_000 });
    await expectTurned(other, ana, /another tab|elsewhere/);
    await expectAccessible(other);
    await expect(other.getByRole('main').getByRole('link', { name: 'Sign in again' })).toHaveAttribute(
      'href',
      '/login?return_to=%2Fprofile%3Ftab%3Dother%23facts',
    );
  }
  await expect(page.getByRole('heading', { level: 1, name: 'You are signed out' })).toBeVisible();

  const [first] = others;
  await first?.getByRole('main').getByRole('link', { name: 'Sign in again' }).click();
  if (first) await enterCredentials(first, ana);
  await expect(first ?? page).toHaveURL(`${place.app}/profile?tab=other#facts`);
});

test('a page that is left and come back to after signing out shows nothing', byScript, async ({ page, place, watch }) => {
  watch.expectStatus(401);
  await place.signIn(page, ana);
  await page.goto(`${place.app}/profile`);
  await page.getByRole('banner').getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'You are signed out' })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in to continue' })).toBeVisible();
  await expect(page.getByText(ana.name)).toHaveCount(0);
});

test('signing in again as the same person in another tab leaves open pages as they are', byScript, async ({
  page,
  context,
  place,
}) => {
  await place.signIn(page, ana);
  await expectWatched(page);
  const other = await context.newPage();
  const again = page.waitForRequest((request) => request.url().endsWith('/api/session/events'));
  await other.goto(`${place.app}/login?return_to=/profile`);
  await expect(other).toHaveURL(`${place.app}/profile`);
  await again;
  await expect(page.getByRole('heading', { level: 1, name: 'Your profile' })).toBeVisible();
  await place.endSessionsOf(ana);
  for (const tab of [page, other]) await expectTurned(tab, ana, /elsewhere/);
});

test('when somebody else signs in in the same browser, the pages of the first one close', byScript, async ({
  page,
  context,
  place,
}) => {
  await place.signIn(page, ana);
  await expectWatched(page);
  await place.forgetOrg(page);
  const other = await context.newPage();
  const ben = person('ben.bystander');
  await place.signIn(other, ben);
  await expectTurned(page, ana, /Somebody else/);
  await expect(other.getByRole('heading', { level: 1, name: 'Your profile' })).toBeVisible();
  await expectWatched(other);
});

test('a half-filled form is there again for the same person, and never for another', byScript, async ({
  page,
  place,
}, { workerIndex }) => {
  const hal = person('hal.halfway');
  const typed = `Halford ${workerIndex}`;
  await place.signIn(page, hal, '/onboarding');
  await page.getByRole('button', { name: 'Start' }).click();
  await expectWatched(page);
  const firstName = page.getByLabel('First name');
  const drafts = () => page.evaluate(() => JSON.stringify({ ...localStorage }));
  await expect(async () => {
    await firstName.fill('');
    await firstName.pressSequentially(typed);
    expect(await drafts()).toContain(typed);
  }).toPass();
  await place.endSessionsOf(hal);
  await expectTurned(page, hal, /elsewhere/);

  await page.getByRole('main').getByRole('link', { name: 'Sign in again' }).click();
  await enterCredentials(page, hal);
  await expect(firstName).toHaveValue(typed);

  await page.getByRole('banner').getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'You are signed out' })).toBeVisible();
  await place.signIn(page, person('una.other'), '/onboarding');
  await page.getByRole('button', { name: 'Start' }).click();
  await expectWatched(page);
  await expect(firstName).toHaveValue('Una');
  expect(await drafts()).not.toContain(typed);
});
