import { defineConfig } from '@playwright/test';
import { fileURLToPath } from 'node:url';
import { app, deadIssuer, lonelyApp, org } from './screenshots/place.ts';
import { launchOptions } from './support/browser.ts';
import { outputDir } from './support/program.ts';
import { webServer } from './support/web-server.ts';

const ORG_SEED = fileURLToPath(new URL('./data/pictures-seed.json', import.meta.url));

/** Takes the pictures of the documentation, one page after the other. */
export default defineConfig({
  outputDir,
  testMatch: 'screenshots.ts',
  reporter: 'list',
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  use: {
    baseURL: app,
    launchOptions,
    contextOptions: { reducedMotion: 'reduce' },
    locale: 'en-US',
    timezoneId: 'Europe/Berlin',
  },
  webServer: [
    webServer({ name: 'screenshots', app, org, environment: { ORG_SEED } }),
    webServer({
      name: 'screenshots-org-down',
      app: lonelyApp,
      environment: { OKTA_ISSUER: deadIssuer, OKTA_CLIENT_ID: 'nobody', OKTA_CLIENT_SECRET: 'nothing' },
    }),
  ],
});
