import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { expectAccessible } from './accessible.ts';

/** The page in whole fits the width of the screen. */
export async function expectToFit(page: Page): Promise<void> {
  const { scrollWidth, clientWidth } = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return { scrollWidth, clientWidth };
  });
  expect.soft(scrollWidth, `the width of ${page.url()}`).toBeLessThanOrEqual(clientWidth);
}

/**
 * The page fits the narrowest phone that WCAG 1.4.10 speaks of, and axe has nothing to complain about. Pages that do without
 * scripts are the same with them, so axe, which takes long, looks at them once.
 */
export async function expectGoodLooks(page: Page): Promise<void> {
  const size = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  await expectToFit(page);
  if (size) await page.setViewportSize(size);
  if (test.info().project.use.javaScriptEnabled !== false) await expectAccessible(page);
}
