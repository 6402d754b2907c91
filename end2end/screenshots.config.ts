import { defineConfig } from '@playwright/test';
import { launchOptions } from './support/browser.ts';
import { binary, environment, logFile, outputDir } from './support/program.ts';

const setup = { name: 'screenshots', app: 'http://127.0.0.1:3104', org: 'http://localhost:7104' };
const { ORG_SEED: _, ...demo } = environment(setup);

/** Takes the pictures of the documentation from the program with its demo accounts. */
export default defineConfig({
  outputDir,
  testMatch: 'screenshots.ts',
  reporter: 'list',
  use: {
    baseURL: setup.app,
    launchOptions,
    contextOptions: { reducedMotion: 'reduce' },
    viewport: { width: 1200, height: 800 },
    deviceScaleFactor: 2,
  },
  webServer: {
    command: `exec ${binary} > ${logFile(setup)} 2>&1`,
    env: demo,
    url: `${setup.app}/livez`,
    reuseExistingServer: false,
  },
});
