import * as addresses from './addresses.ts';
import { expect, test as base } from './org-app.ts';
import type { OrgApp } from './org-app.ts';
import { Program } from './program.ts';
import { fileURLToPath } from 'node:url';
import seed from '../data/endings-seed.json' with { type: 'json' };

export { expect } from './org-app.ts';

/** The apps of the seed, by what their policies ask. */
export const apps = {
  passwordOnly: '0oaEndingsPassword01',
  twoFactors: '0oaEndingsTwoFactor1',
  asksToStay: '0oaEndingsKeep000001',
  nobody: '0oaEndingsNobody0001',
  hardware: '0oaEndingsHardware01',
} as const;

/** A person of the seed. */
export function person(name: string): { readonly login: string; readonly password: string } {
  const user = seed.users.find(({ login }) => login === `${name}@example.com`);
  if (!user) throw new Error(`the seed has no ${name}@example.com`);
  return { login: user.login, password: user.password ?? '' };
}

/** An org of its own, whose clock its tests move. */
export class Place {
  readonly org: string;

  constructor(org: string) {
    this.org = org;
  }

  /** Lets time pass at the org. */
  async advance(duration: string): Promise<void> {
    const body = JSON.stringify({ advance: duration });
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${this.org}/dev/clock`, { method: 'POST', body, headers });
    expect(answer.status).toBe(200);
  }
}

/** Playwright's `test` with that org, started once for each worker, and an app there. */
export const test = base.extend<{ there: OrgApp }, { place: Place }>({
  place: [
    async ({}, use, { parallelIndex, workerIndex }) => {
      const own = addresses.ofWorker(parallelIndex);
      const environment = { ORG_SEED: fileURLToPath(new URL('../data/endings-seed.json', import.meta.url)) };
      const program = await Program.start({ name: `endings-${workerIndex}`, ...own, environment });
      await use(new Place(own.org));
      await program.stop();
    },
    { scope: 'worker' },
  ],
  there: async ({ app, place }, use) => {
    await use(app.at(place.org));
  },
});
