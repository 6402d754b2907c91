import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { expectAccessible } from './accessible.ts';

let pictures = 0;

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
  await takePictures(page);
  if (test.info().project.use.javaScriptEnabled !== false) await expectAccessible(page);
}

/** Keeps pictures of the page in the folder that PICTURES names, if it names one: wide and narrow, light and dark. */
async function takePictures(page: Page): Promise<void> {
  const folder = process.env['PICTURES'];
  const size = page.viewportSize();
  if (!folder || !size) return;
  const { project, title } = test.info();
  pictures += 1;
  const name = `${folder}/${project.name}/${title} ${pictures}`.replaceAll(/[^\w/ .-]/g, '');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const [width, height] of [[1280, 800], [390, 800]] as const) {
      await page.setViewportSize({ width, height });
      await page.screenshot({ path: `${name} ${colorScheme} ${width}.png`, fullPage: true });
    }
  }
  await page.emulateMedia({ colorScheme: null });
  await page.setViewportSize(size);
}
