import { test as base } from '@playwright/test';
import type { BrowserContext, BrowserContextOptions, Page, TestDetails } from '@playwright/test';
import { Watch } from './watch.ts';

export { expect } from '@playwright/test';

interface Fixtures {
  /** Fails the test for console errors, policy violations, failures of the server and leaks, in whichever page. */
  watch: Watch;
  /** Opens another browser, as another person or another day would, under the same watch. */
  anotherBrowser: (storageState?: BrowserContextOptions['storageState']) => Promise<Page>;
}

/** Playwright's `test` under a {@link Watch}. */
export const test = base.extend<Fixtures>({
  watch: async ({ javaScriptEnabled }, use) => {
    const watch = new Watch();
    if (!javaScriptEnabled) watch.expectMessage(/was preloaded using link preload but not used/);
    await use(watch);
    await watch.conclude();
  },
  context: async ({ context, watch }, use) => {
    await watch.over(context);
    await use(context);
    await watch.inspect(context);
    await context.close();
  },
  anotherBrowser: async ({ browser, watch }, use) => {
    const opened: BrowserContext[] = [];
    await use(async (storageState) => {
      // Everything else is as the project says.
      const context = await browser.newContext({ ...(storageState && { storageState }) });
      opened.push(context);
      await watch.over(context);
      return context.newPage();
    });
    for (const context of opened) {
      await watch.inspect(context);
      await context.close();
    }
  },
});

/** Marks a test that cannot run in the project `no-javascript`, and says why. */
export function needsScript(reason: string): TestDetails {
  return { tag: '@needs-script', annotation: { type: 'needs script', description: reason } };
}
