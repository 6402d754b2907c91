import { expect, expectTurned, expectWatched, needsScript, person, test } from '../support/sessions.ts';

test.describe.configure({ mode: 'default' });

const ana = person('ana.everywhere');
const ben = person('ben.bystander');

test(
  'an administrator ends every session of a person, and each of their browsers shows it at once',
  needsScript('without a script, the next page says it'),
  async ({ page, anotherBrowser, place }) => {
    const [phone, bystander] = [await anotherBrowser(), await anotherBrowser()];
    await place.signIn(page, ana);
    await place.signIn(phone, ana);
    await place.signIn(bystander, ben);
    for (const browser of [page, phone, bystander]) await expectWatched(browser);

    await place.endSessionsOf(ana);
    for (const browser of [page, phone]) {
      const heading = browser.getByRole('heading', { level: 1, name: 'You are signed out' });
      await expect(heading).toBeVisible({ timeout: 2_000 });
      await expectTurned(browser, ana, /elsewhere/);
    }
    await bystander.reload();
    await expect(bystander.getByRole('main')).toContainText(ben.name);

    await place.signIn(phone, ana);
    await expect(phone.getByRole('main')).toContainText(ana.name);
  },
);

test('the very next request of each of their browsers is refused', async ({ page, anotherBrowser, place, watch }) => {
  watch.expectStatus(401);
  const phone = await anotherBrowser();
  await place.signIn(page, ana);
  await place.signIn(phone, ana);
  await place.endSessionsOf(ana);
  for (const browser of [page, phone]) {
    await expect(async () => {
      const answer = await browser.goto(`${place.app}/profile`);
      expect(answer?.status()).toBe(401);
    }).toPass({ timeout: 2_000 });
    await expect(browser.getByRole('heading', { level: 1, name: 'Sign in to continue' })).toBeVisible();
  }
});
