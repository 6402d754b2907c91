import { defineConfig } from '@playwright/test';
import * as addresses from './support/addresses.ts';
import { launchOptions } from './support/browser.ts';
import { binary, environment, logFile, outputDir } from './support/program.ts';
import type { Setup } from './support/program.ts';

/** Starts the program under test and keeps what it prints. */
function server(setup: Setup) {
  return {
    name: setup.name,
    command: `exec ${binary} > ${logFile(setup)} 2>&1`,
    env: environment(setup),
    url: `${setup.app}/livez`,
    timeout: 30_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
  } as const;
}

export default defineConfig({
  outputDir,
  fullyParallel: true,
  forbidOnly: Boolean(process.env['CI']),
  workers: 2,
  reporter: [['list'], ['html', { open: 'never' }]],
  use: {
    baseURL: addresses.app,
    launchOptions,
    contextOptions: { reducedMotion: 'reduce' },
    trace: 'retain-on-failure',
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
    server({ name: 'portico', app: addresses.app, org: addresses.org }),
    server({
      name: 'org-down',
      app: addresses.lonelyApp,
      environment: { OKTA_ISSUER: addresses.deadIssuer, OKTA_CLIENT_ID: 'nobody', OKTA_CLIENT_SECRET: 'nothing' },
    }),
  ],
});
