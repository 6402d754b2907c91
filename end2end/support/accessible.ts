import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';

/** Fails unless axe finds nothing to complain about on the page as it is now, in light and in dark. */
export async function expectAccessible(page: Page): Promise<void> {
  if (test.info().project.use.javaScriptEnabled === false) return inScriptedCopy(page, check);
  await check(page);
}

/** Fails unless axe finds nothing to complain about on the page as it is now, in the colours that it has. */
export async function expectAccessibleInItsColours(page: Page): Promise<void> {
  await judge(page, page.url());
}

async function check(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await judge(page, `${page.url()} in ${colorScheme}`);
  }
  await page.emulateMedia({ colorScheme: null });
}

async function judge(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  expect(found, `axe on ${what}`).toEqual([]);
}

/** Looks at a copy of the document where axe, which is a script, can run, and no script of the document does. */
async function inScriptedCopy(page: Page, look: (copy: Page) => Promise<void>): Promise<void> {
  const context = await page.context().browser()?.newContext({ javaScriptEnabled: true });
  if (!context) throw new Error('the page has no browser');
  const copy = await context.newPage();
  const document = { body: await page.content(), headers: { 'content-security-policy': "script-src 'none'" } };
  await copy.route(page.url(), (route) => route.fulfill({ ...document, contentType: 'text/html; charset=utf-8' }));
  await copy.goto(page.url());
  await look(copy);
  await context.close();
}
