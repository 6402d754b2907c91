import { fileURLToPath } from 'node:url';
import type { Setup } from './program.ts';

/** An org with an administrator and nothing to manage yet. */
export const managed = (name: string, addresses: { readonly app: string; readonly org: string }): Setup => ({
  name,
  ...addresses,
  environment: { ORG_SEED: fileURLToPath(new URL('../data/managed-seed.json', import.meta.url)) },
});
