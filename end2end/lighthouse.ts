import { chromium, expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { app, somebody, signIn } from './screenshots/place.ts';
import { launchOptions } from './support/browser.ts';
import { passOnboarding } from './support/onboarding.ts';
import { outputDir } from './support/program.ts';
import { serve } from './support/serve.ts';

/** As much of Lighthouse as is used here; `cargo xtask lighthouse` installs it and says where. */
interface Lighthouse {
  readonly default: (url: string, flags: object, config?: object) => Promise<{ readonly lhr: Report } | undefined>;
  readonly desktopConfig: object;
}

interface Report {
  readonly finalDisplayedUrl: string;
  readonly runtimeError?: { readonly message: string };
  readonly categories: Readonly<Record<string, { readonly score: number | null; readonly auditRefs: readonly { id: string }[] }>>;
  readonly audits: Readonly<Record<string, { readonly score: number | null; readonly title: string; readonly details?: unknown }>>;
}

const categories = ['accessibility', 'best-practices'] as const;

/** What a page lacks for 100 points, in Lighthouse's words. */
function lacks({ lhr }: { readonly lhr: Report }): string[] {
  const failed = categories.flatMap((category) =>
    (lhr.categories[category]?.auditRefs ?? []).flatMap(({ id }) => {
      const audit = lhr.audits[id];
      return audit?.score === null || audit?.score === undefined || audit.score === 1
        ? []
        : [`${category}: ${audit.title} ${JSON.stringify(audit.details)?.slice(0, 600)}`];
    }),
  );
  return [...(lhr.runtimeError ? [lhr.runtimeError.message] : []), ...failed];
}

test('accessibility and best practices have 100 points', async () => {
  const path = process.env['LIGHTHOUSE'];
  if (!path) throw new Error('LIGHTHOUSE does not say where Lighthouse is: use `cargo xtask lighthouse`');
  const lighthouse = (await import(path)) as Lighthouse;
  const port = await freePort();
  // Lighthouse opens pages of its own in this browser, with the cookies of the person.
  const context = await chromium.launchPersistentContext(`${outputDir}/lighthouse`, {
    ...launchOptions,
    args: [...(launchOptions.args ?? []), `--remote-debugging-port=${port}`],
    baseURL: app,
    locale: 'en-US',
  });
  const page = context.pages()[0] ?? (await context.newPage());

  const judge = async (name: string, url: string, end: RegExp): Promise<void> => {
    for (const [screen, config] of [
      ['phone', undefined],
      ['desk', lighthouse.desktopConfig],
    ] as const) {
      const flags = { port, onlyCategories: [...categories], disableStorageReset: true, logLevel: 'error' };
      const result = await lighthouse.default(url, flags, config);
      if (!result) throw new Error(`Lighthouse says nothing of ${url}`);
      const points = categories.map((category) => 100 * (result.lhr.categories[category]?.score ?? 0));
      console.log(`${name}, ${screen}: ${categories.map((category, at) => `${category} ${points[at]}`).join(', ')}`);
      expect.soft(result.lhr.finalDisplayedUrl, name).toMatch(end);
      expect.soft(lacks(result), `${name}, ${screen}`).toEqual([]);
      expect.soft(points, `${name}, ${screen}`).toEqual([100, 100]);
    }
  };

  await judge('home', `${app}/`, /\/$/);
  await judge('hosted page', `${app}/login`, /\/signin\//);
  await judge('forms', `${app}/sign-in`, /\/sign-in$/);
  await becomeNew(page);
  await judge('onboarding', `${app}/onboarding`, /\/onboarding$/);
  await passOnboarding(page);
  await expect(page).toHaveURL(`${app}/`);
  for (const own of ['profile', 'tokens', 'security']) await judge(own, `${app}/${own}`, new RegExp(`/${own}$`));
  await context.close();
});

/** Signs in somebody who has still to go through onboarding. */
async function becomeNew(page: Page): Promise<void> {
  await signIn(page, somebody('grace.green'));
  await expect(page).toHaveURL((url) => url.pathname === '/onboarding');
}

async function freePort(): Promise<number> {
  await using site = await serve('127.0.0.1', { body: '' });
  return Number(new URL(site.origin).port);
}
