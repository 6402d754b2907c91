import * as addresses from '../support/addresses.ts';
import { jane } from '../support/people.ts';
import { serve } from '../support/serve.ts';
import { signIn } from '../support/sign-in.ts';
import { expect, needsScript, test } from '../support/test.ts';

/** A page of somebody else whose only button posts a form to the app. */
const attack = (target: string) => ({
  body: `<!doctype html><html lang="en"><title>A prize</title><link rel="icon" href="data:,">
    <form method="post" action="${addresses.app}${target}"><input type="hidden" name="landing" value="home">
    <button>Claim your prize</button></form></html>`,
});

// Ports are the same site, so the first attacker's requests carry the cookies; the second's are of another site.
for (const host of ['127.0.0.1', 'localhost'] as const) {
  for (const target of ['/sign-out', '/api/onboarding/finish', '/api/session/begin']) {
    test(`a form on a page of ${host} cannot post to ${target}`, async ({ page, watch }) => {
      watch.expectStatus(403);
      await using site = await serve(host, attack(target));
      watch.expectOrigin(site.origin);
      await signIn(page, jane);

      await page.goto(site.origin);
      const answer = page.waitForResponse((response) => response.request().method() === 'POST');
      await page.getByRole('button', { name: 'Claim your prize' }).click();
      expect((await answer).status()).toBe(403);

      await page.goto('/profile');
      await expect(page.getByRole('banner')).toContainText(jane.name);
    });
  }
}

test(
  'a script on another site reads nothing and ends nothing',
  needsScript('the attack is a script'),
  async ({ page, watch }) => {
    watch.expectMessage(/ERR_BLOCKED_BY_RESPONSE/);
    await using site = await serve('127.0.0.1', attack('/sign-out'));
    watch.expectOrigin(site.origin);
    await signIn(page, jane);

    await page.goto(site.origin);
    const outcome = (method: string, path: string) =>
      page.evaluate(
        ([url, method]) =>
          fetch(url, { method, mode: 'no-cors', credentials: 'include' }).then(
            () => 'read',
            () => 'refused',
          ),
        [`${addresses.app}${path}`, method] as const,
      );
    expect(await outcome('GET', '/profile')).toBe('refused');
    expect(await outcome('POST', '/sign-out')).toBe('refused');

    await page.goto('/profile');
    await expect(page.getByRole('banner')).toContainText(jane.name);
  },
);
