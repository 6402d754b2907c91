import { expect, needsScript, test } from '../support/test.ts';

const reason = needsScript('nothing is hydrated without a script');

test('what a page preloads is used, and fetched once', reason, async ({ page }) => {
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(request.url()));
  await page.goto('/');
  const preloaded = await page
    .locator('link[rel="preload"], link[rel="modulepreload"]')
    .evaluateAll((links) => links.map((link) => (link as HTMLLinkElement).href));
  expect(preloaded, 'the code of the islands and what loads it').toHaveLength(2);

  // Only an island that runs has taken the scrolling over.
  await expect.poll(() => page.evaluate(() => history.scrollRestoration)).toBe('manual');
  for (const address of preloaded) expect(fetched.filter((url) => url === address)).toEqual([address]);
});
