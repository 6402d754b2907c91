import * as addresses from '../support/addresses.ts';
import corpus from '../data/return-to.json' with { type: 'json' };
import { jane } from '../support/people.ts';
import { signIn } from '../support/sign-in.ts';
import { expect, test } from '../support/test.ts';

const login = (returnTo: string) => `/login?return_to=${encodeURIComponent(returnTo)}`;

for (const session of ['a session', 'no session'] as const) {
  test(`with ${session} no return_to leads out of the app`, async ({ page, context, watch }) => {
    test.slow();
    watch.expectStatus(401, 404);
    await signIn(page, jane);
    const arrive = async (returnTo: string) => {
      if (session === 'no session') await context.clearCookies({ domain: '127.0.0.1' });
      // Where the browser ends is decided before the page has loaded.
      await page.goto(login(returnTo), { waitUntil: 'commit' });
      return new URL(page.url());
    };
    for (const returnTo of corpus.home) {
      expect((await arrive(returnTo)).href, JSON.stringify(returnTo)).toBe(`${addresses.app}/`);
    }
    for (const returnTo of corpus.stays) {
      expect((await arrive(returnTo)).origin, JSON.stringify(returnTo)).toBe(addresses.app);
    }
    await page.goto('/');
    await expect(page.getByRole('heading', { level: 1, name: 'Welcome back, Jane' })).toBeVisible();
  });
}
