import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/accessible.ts';
import * as addresses from '../support/addresses.ts';
import { expect, test } from '../support/test.ts';

const iss = addresses.org;

/** Begins a sign-in in this browser without following it, and tells its `state`. */
async function begin(page: Page): Promise<string> {
  const answer = await page.request.get('/login', { maxRedirects: 0 });
  expect(answer.status()).toBe(303);
  return new URL(answer.headers()['location'] ?? '').searchParams.get('state') ?? '';
}

const failures = [
  {
    callback: 'an empty callback',
    query: () => ({}),
    code: 'callback_malformed',
    status: 400,
    words: 'The answer of the sign-in page is incomplete or contains a value twice.',
  },
  {
    callback: 'a callback that names its state twice',
    query: (state: string) => [['code', 'x'], ['iss', iss], ['state', state], ['state', state]],
    code: 'callback_malformed',
    status: 400,
    words: 'The answer of the sign-in page is incomplete or contains a value twice.',
  },
  {
    callback: 'a callback that this browser never asked for',
    query: () => ({ code: 'x', iss, state: 'made-up' }),
    code: 'transaction_unknown',
    status: 400,
    words: 'This browser did not start this sign-in, or it has been finished already.',
  },
  {
    callback: 'a callback from another org',
    query: (state: string) => ({ code: 'x', iss: 'https://evil.example', state }),
    code: 'callback_issuer_mismatch',
    status: 400,
    words: 'The answer came from another org than the one this app trusts.',
  },
  {
    callback: 'a callback that does not say from which org it came',
    query: (state: string) => ({ code: 'x', state }),
    code: 'callback_issuer_mismatch',
    status: 400,
    words: 'The answer came from another org than the one this app trusts.',
  },
  {
    callback: 'a refusal of the org',
    query: (state: string) => ({ error: 'access_denied', iss, state }),
    code: 'access_denied',
    status: 403,
    words: 'The sign-in was cancelled, or a policy of the org does not allow it.',
  },
  {
    callback: 'an org that needs to show a page',
    query: (state: string) => ({ error: 'login_required', iss, state }),
    code: 'interaction_required',
    status: 403,
    words: 'The org needs you to sign in, but was asked not to show a page.',
  },
  {
    callback: 'an org that does not give what was asked for',
    query: (state: string) => ({ error: 'invalid_scope', iss, state }),
    code: 'scope_refused',
    status: 403,
    words: 'The org does not let this app ask for that.',
  },
  {
    callback: 'an org that refuses the request',
    query: (state: string) => ({ error: 'invalid_request', iss, state }),
    code: 'org_refused',
    status: 502,
    words: 'The org refused the request of this app.',
  },
  {
    callback: 'a code that the org never gave',
    query: (state: string) => ({ code: 'made-up', iss, state }),
    code: 'code_refused',
    status: 400,
    words: 'The org no longer accepts this sign-in',
  },
];

for (const { callback, query, code, status, words } of failures) {
  test(`${callback} is ${code}`, async ({ page, watch }) => {
    watch.expectStatus(status);
    const parameters = new URLSearchParams(query(await begin(page)) as Record<string, string>);
    const answer = await page.goto(`/login/callback?${parameters}`);

    expect(answer?.status()).toBe(status);
    await expect(page.getByRole('heading', { level: 1, name: 'Signing in did not work' })).toBeVisible();
    await expect(page.getByText(words)).toBeVisible();
    await expect(page.getByRole('code').getByText(code, { exact: true })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Try again' })).toBeVisible();
    await expectAccessible(page);
  });
}

test('what the org says about an error is shown as text and nothing else', async ({ page, watch }) => {
  watch.expectStatus(403);
  const said = '<script>alert(1)</script><a href="https://evil.example">Click here</a>';
  const parameters = { error: 'access_denied', error_description: said, iss, state: await begin(page) };
  await page.goto(`/login/callback?${new URLSearchParams(parameters)}`);
  await expect(page.getByText(said)).toBeVisible();
  await expect(page.getByRole('link', { name: 'Click here' })).toHaveCount(0);
});

test('an encoded separator inside a parameter separates nothing', async ({ page, watch }) => {
  watch.expectStatus(403);
  const parameters = { error: 'access_denied', error_description: 'one&error=two', iss, state: await begin(page) };
  await page.goto(`/login/callback?${new URLSearchParams(parameters)}`);
  await expect(page.getByText('one&error=two')).toBeVisible();
  await expect(page.getByRole('code').getByText('access_denied')).toBeVisible();
});

test('a callback cannot be used a second time', async ({ page, watch }) => {
  watch.expectStatus(400, 403);
  const parameters = { error: 'access_denied', iss, state: await begin(page) };
  const callback = `/login/callback?${new URLSearchParams(parameters)}`;
  await page.goto(callback);
  await page.goto(callback);
  await expect(page.getByRole('code').getByText('transaction_unknown')).toBeVisible();
});

test('a page that does not exist says so and leads home', async ({ page, watch }) => {
  watch.expectStatus(404);
  const answer = await page.goto('/no-such-page');
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1, name: 'There is no page here' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('main').getByRole('link', { name: 'Go to the home page' }).click();
  await expect(page).toHaveURL(`${addresses.app}/`);
});

test('the org shows its own errors on its own page, with a way out', async ({ page, watch }) => {
  watch.expectStatus(400);
  const query = new URLSearchParams({
    client_id: '0oaUnknownClient0001',
    redirect_uri: 'https://evil.example/callback',
    response_type: 'code',
    scope: 'openid',
    state: 'x',
  });
  const answer = await page.goto(`${addresses.org}/oauth2/v1/authorize?${query}`);
  expect(answer?.status()).toBe(400);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('code').first()).toBeVisible();
  await expect(page.getByRole('main').getByRole('link')).not.toHaveCount(0);
  await expectAccessible(page);
});
