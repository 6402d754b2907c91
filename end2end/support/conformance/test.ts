import { test as base } from '@playwright/test';
import { fileURLToPath } from 'node:url';
import * as addresses from '../addresses.ts';
import { Program } from '../program.ts';
import { OpenIdProvider } from './provider.ts';

export { expect } from '@playwright/test';

/** Playwright's `test` with an org for the suite's clients, started once for each worker. */
export const test = base.extend<object, { provider: OpenIdProvider }>({
  provider: [
    async ({}, use, { parallelIndex, workerIndex }) => {
      const own = addresses.conformance(parallelIndex);
      const environment = { ORG_SEED: fileURLToPath(new URL('../../../certification/seed.json', import.meta.url)) };
      const program = await Program.start({ name: `conformance-${workerIndex}`, ...own, environment });
      await use(await OpenIdProvider.prepare(own.org));
      await program.stop();
    },
    { scope: 'worker' },
  ],
});
