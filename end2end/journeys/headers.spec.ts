import * as addresses from '../support/addresses.ts';
import { expect, test } from '../support/test.ts';

const pages = [
  { what: 'a page of the app', url: `${addresses.app}/` },
  { what: 'a page that asks to sign in', url: `${addresses.app}/profile` },
  { what: 'an error page of the app', url: `${addresses.app}/login/callback` },
  { what: 'a page that does not exist', url: `${addresses.app}/no-such-page` },
  { what: 'the sign-in page of the org', url: `${addresses.app}/login` },
  { what: 'an error page of the org', url: `${addresses.org}/oauth2/v1/authorize` },
];

for (const { what, url } of pages) {
  test(`${what} tells the browser to forbid what it does not need`, async ({ request }) => {
    const headers = (await request.get(url)).headers();
    const policy = headers['content-security-policy'] ?? '';
    for (const directive of ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"]) {
      expect(policy).toContain(directive);
    }
    expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|\bwss?:|\*/);
    expect(headers).toMatchObject({
      'cache-control': expect.stringContaining('no-store'),
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
    expect(headers).not.toHaveProperty('server');
  });
}

test('what the first page loads is compressed, and kept by the browser for good', async ({ page }) => {
  const assets: Record<string, string>[] = [];
  page.on('response', async (response) => {
    if (['script', 'stylesheet', 'fetch'].includes(response.request().resourceType())) {
      assets.push(await response.allHeaders());
    }
  });
  await page.goto('/', { waitUntil: 'networkidle' });
  expect(assets.length).toBeGreaterThan(0);
  for (const headers of assets) {
    expect(headers['content-encoding']).toBe('br');
    expect(headers['cache-control']).toContain('immutable');
    expect(headers).not.toHaveProperty('set-cookie');
  }
});
