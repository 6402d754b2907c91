import { defineConfig } from '@playwright/test';
import * as addresses from './support/addresses.ts';
import { launchOptions } from './support/browser.ts';
import { outputDir } from './support/program.ts';
import { webServer } from './support/web-server.ts';

export default defineConfig({
  outputDir,
  fullyParallel: true,
  forbidOnly: Boolean(process.env['CI']),
  workers: 2,
  // Some journeys look at ten pages in two colour schemes, and a busy machine takes its time.
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['html', { open: 'never' }]],
  use: {
    baseURL: addresses.app,
    launchOptions,
    contextOptions: { reducedMotion: 'reduce' },
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'before', testDir: 'before', testMatch: '*.ts' },
    { name: 'chromium', testDir: 'journeys', dependencies: ['before'], teardown: 'after' },
    {
      name: 'no-javascript',
      testDir: 'journeys',
      dependencies: ['before'],
      teardown: 'after',
      grepInvert: /@needs-script/,
      use: { javaScriptEnabled: false },
    },
    { name: 'wire', testDir: 'wire', teardown: 'after' },
    { name: 'after', testDir: 'after', testMatch: '*.ts' },
  ],
  webServer: [
    webServer({ name: 'portico', app: addresses.app, org: addresses.org }),
    webServer({
      name: 'org-down',
      app: addresses.lonelyApp,
      environment: { OKTA_ISSUER: addresses.deadIssuer, OKTA_CLIENT_ID: 'nobody', OKTA_CLIENT_SECRET: 'nothing' },
    }),
  ],
});
