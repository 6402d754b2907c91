import { expect, request, test } from '@playwright/test';
import type { APIRequestContext } from '@playwright/test';
import * as addresses from '../support/addresses.ts';
import { signInByForms } from '../support/hosted-page.ts';
import { jane } from '../support/people.ts';
import { Program } from '../support/program.ts';

const setup = { name: 'mortal', app: addresses.mortalApp, org: addresses.mortalOrg };
const start = `${setup.app}/login?return_to=/profile`;

/** An address that the app sends to once a session is acknowledged. */
const isSignedIn = ({ origin, pathname }: URL) => origin === setup.app && !pathname.startsWith('/login');

/** Signs in again and again until the program is gone, and hands over each browser whose sign-in was acknowledged. */
async function signInUntilTheEnd(acknowledge: (browser: APIRequestContext) => void): Promise<void> {
  for (;;) {
    const browser = await request.newContext();
    try {
      await signInByForms(browser, start, jane, isSignedIn);
    } catch {
      return browser.dispose();
    }
    acknowledge(browser);
  }
}

/** The app knows the person, and so does the org: it would refuse the nobody who would have to answer its page. */
async function expectAlive(browser: APIRequestContext): Promise<void> {
  const profile = await browser.get(`${setup.app}/profile`);
  expect(profile.status(), 'the session of the app').toBe(200);
  expect(await profile.text()).toContain(jane.name);

  const nobody = { ...jane, login: 'nobody@example.com' };
  const again = await signInByForms(browser, start, nobody, isSignedIn);
  expect(again.url.origin, 'the session of the org').toBe(setup.app);
  await browser.dispose();
}

test('what was acknowledged before a kill -9 is there after the next start', async () => {
  test.slow();
  const acknowledged: APIRequestContext[] = [];
  for (let kills = 1; kills <= 3; kills += 1) {
    const program = await Program.start(setup);
    let killed: Promise<void> | undefined;
    const acknowledge = (browser: APIRequestContext) => {
      acknowledged.push(browser);
      if (acknowledged.length >= 4 * kills) killed ??= program.kill();
    };
    await Promise.all([1, 2, 3].map(() => signInUntilTheEnd(acknowledge)));
    await (killed ?? program.kill());
    expect(acknowledged.length, 'sign-ins before the kill').toBeGreaterThanOrEqual(4 * kills);
  }

  const program = await Program.start(setup);
  try {
    for (const browser of acknowledged) await expectAlive(browser);
  } finally {
    await program.stop();
  }
});
