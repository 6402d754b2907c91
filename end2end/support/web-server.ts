import { binary, environment, logFile, outputDir } from './program.ts';
import type { Setup } from './program.ts';

/** A program that Playwright starts before the tests and ends after them; what it prints is kept. */
export function webServer(setup: Setup) {
  return {
    name: setup.name,
    command: `mkdir -p '${outputDir}' && exec '${binary}' > '${logFile(setup)}' 2>&1`,
    env: environment(setup),
    url: `${setup.app}/livez`,
    timeout: 30_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
  } as const;
}
