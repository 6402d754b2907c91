import { defineConfig } from '@playwright/test';
import { launchOptions } from './support/browser.ts';
import { outputDir } from './support/program.ts';
import { webServer } from './support/web-server.ts';

const app = 'http://127.0.0.1:3104';
const server = webServer({ name: 'screenshots', app, org: 'http://localhost:7104' });
const { ORG_SEED: _, ...demo } = server.env;

/** Takes the pictures of the documentation from the program with its demo accounts. */
export default defineConfig({
  outputDir,
  testMatch: 'screenshots.ts',
  reporter: 'list',
  use: {
    baseURL: app,
    launchOptions,
    contextOptions: { reducedMotion: 'reduce' },
    viewport: { width: 1200, height: 800 },
    deviceScaleFactor: 2,
  },
  webServer: { ...server, env: demo },
});
