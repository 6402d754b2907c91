import { expect, test } from '@playwright/test';
import type { Page, Request } from '@playwright/test';
import type { Server } from 'node:http';
import { EmbeddedOrg, apps, person } from '../support/embedded.ts';
import { startEmbeddingSite } from '../support/embedding-site.ts';
import type { Generation } from '../support/embedding-site.ts';

// One org for all of them.
test.describe.configure({ mode: 'default' });

let org: EmbeddedOrg;
let site: Server;

test.beforeAll(async () => {
  org = await EmbeddedOrg.start('widget');
  site = await startEmbeddingSite(org.site);
});

test.afterAll(async () => {
  await org.stop();
  site.closeAllConnections();
  site.close();
});

/** Opens the page of an app with the widget. */
async function open(page: Page, generation: Generation, clientId: string, more: object = {}): Promise<void> {
  const configuration = {
    issuer: org.issuer,
    baseUrl: org.org,
    clientId,
    redirectUri: org.redirectUri,
    // Without it generation 3 keeps the code to itself.
    authScheme: 'oauth2',
    useInteractionCodeFlow: true,
    scopes: ['openid', 'profile', 'email'],
    ...more,
  };
  const query = new URLSearchParams({ configuration: JSON.stringify(configuration) });
  await page.goto(`${org.site}/gen${generation}?${query}`);
}

/** A choice of the widget, which is a link in one generation and a button in the other. */
const choice = (page: Page, name: RegExp) => page.getByRole('link', { name }).or(page.getByRole('button', { name }));

/** Fills in fields. Some time after a form is drawn, generation 2 moves the focus to its first field, and what is being typed along. */
async function fill(page: Page, values: Record<string, string>): Promise<void> {
  const fields = Object.entries(values).map(([name, value]) => ({ field: page.getByRole('textbox', { name, exact: true }), value }));
  await expect(async () => {
    for (const { field, value } of fields) await field.fill(value);
    for (const { field, value } of fields) await expect(field).toHaveValue(value, { timeout: 100 });
  }).toPass();
}

/** Presses a button until the widget sends what was typed: while generation 2 draws a form or a refusal, it lets a click pass. */
async function send(page: Page, button: string): Promise<void> {
  const isAnswer = (request: Request) => request.method() === 'POST' && request.url().startsWith(`${org.org}/idp/idx/`);
  await expect(async () => {
    await Promise.all([
      page.waitForRequest(isAnswer, { timeout: 5_000 }),
      page.getByRole('button', { name: button }).click({ timeout: 5_000 }),
    ]);
  }).toPass();
}

async function identify(page: Page, username: string): Promise<void> {
  await fill(page, { Username: username });
  await send(page, 'Next');
}

async function givePassword(page: Page, password: string): Promise<void> {
  await fill(page, { Password: password });
  await send(page, 'Verify');
}

/** Types the code that was sent to an address after a message, though a link was sent as well. */
async function giveCode(page: Page, to: string, after: number): Promise<void> {
  const instead = choice(page, /Enter a (verification )?code/);
  const entry = page.getByRole('textbox', { name: 'Enter code' });
  await instead.or(entry).waitFor();
  if (await instead.isVisible()) await instead.click();
  await entry.fill(await org.codeSentTo(to, after));
  await send(page, 'Verify');
}

async function setPassword(page: Page, label: string, password: string): Promise<void> {
  await fill(page, { [label]: password, 'Re-enter password': password });
}

const expectOutcome = (page: Page, outcome: string) => expect(page.locator('#outcome')).toHaveText(outcome);

for (const generation of [2, 3] as const) {
  test.describe(`generation ${generation} of the widget`, () => {
    test('signs in with a password and a code by email', async ({ page }) => {
      const { username, password } = person(`widget${generation}.email`);
      await open(page, generation, apps.twoFactors);
      await identify(page, username);
      await choice(page, /^Select Password/).click();
      const after = await org.lastMessage();
      await givePassword(page, password);
      await expect(page.getByRole('heading', { name: 'Verify with your email' })).toBeVisible();
      await giveCode(page, username, after);
      await expectOutcome(page, `SUCCESS ${username}`);
    });

    test('says that a password is wrong and takes the right one', async ({ page }) => {
      const { username, password } = person(`widget${generation}.password`);
      await open(page, generation, apps.passwordOnly);
      await identify(page, username);
      await givePassword(page, 'wrong');
      await expect(page.getByRole('alert').filter({ hasText: 'Password is incorrect' }).first()).toBeVisible();
      await givePassword(page, password);
      await expectOutcome(page, `SUCCESS ${username}`);
    });

    test('registers a new user', async ({ page }) => {
      const email = `widget${generation}.registered@example.com`;
      await open(page, generation, apps.passwordOnly);
      await page.getByRole('link', { name: 'Sign up' }).click();
      await fill(page, { Email: email, 'First name': 'Ragna', 'Last name': 'Registered' });
      const after = await org.lastMessage();
      await send(page, 'Sign Up');
      await giveCode(page, email, after);
      await choice(page, /^Set up Password/).click();
      await setPassword(page, 'Enter password', 'mellow-kestrel-81-Harbor');
      await send(page, 'Next');
      await choice(page, /^(Set up later|Continue)$/).click();
      await expectOutcome(page, `SUCCESS ${email}`);
    });

    test('resets a password', async ({ page }) => {
      const { username } = person(`widget${generation}.forgetful`);
      await open(page, generation, apps.passwordOnly);
      await identify(page, username);
      const after = await org.lastMessage();
      await page.getByRole('link', { name: 'Forgot password?' }).click();
      await giveCode(page, username, after);
      await setPassword(page, 'New password', 'noble-kestrel-82-Harbor');
      await send(page, 'Reset Password');
      await expectOutcome(page, `SUCCESS ${username}`);
    });

    test('asks nothing of somebody whose session the browser has', async ({ page }) => {
      const { username, password } = person(`widget${generation}.returner`);
      await open(page, generation, apps.passwordOnly);
      await identify(page, username);
      await givePassword(page, password);
      await expectOutcome(page, `SUCCESS ${username}`);
      await open(page, generation, apps.oneFactor);
      await expectOutcome(page, `SUCCESS ${username}`);

      const after = await org.lastMessage();
      await open(page, generation, apps.twoFactors);
      await giveCode(page, username, after);
      await expectOutcome(page, `SUCCESS ${username}`);
    });

    test('sends the interaction code to the redirect URI when it is told to', async ({ page }) => {
      const { username, password } = person(`widget${generation}.password`);
      const redirect = { redirect: 'always', state: 'a-state' };
      await open(page, generation, apps.passwordOnly, redirect);
      await identify(page, username);
      await givePassword(page, password);
      await page.waitForURL((url) => url.href.startsWith(org.redirectUri));
      const { searchParams } = new URL(page.url());
      expect(searchParams.get('state')).toBe('a-state');
      expect(searchParams.get('interaction_code')).toMatch(/^[\w-]{43}$/);
    });

    test('shows what is wrong with its configuration', async ({ page }) => {
      await open(page, generation, '0oaNobody00000000000');
      await expect(page.getByRole('alert').first()).toContainText('Potential misconfiguration detected');
    });
  });
}
