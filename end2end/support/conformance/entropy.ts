import { expect } from '@playwright/test';

/** A secret must be 128 bits long and, by how its characters are spread, hold 96 bits of entropy: the suite's thresholds. */
export function expectUnguessable(secret: string): void {
  expect(secret.length * 8).toBeGreaterThanOrEqual(128);
  const counts = new Map<string, number>();
  for (const character of secret) counts.set(character, (counts.get(character) ?? 0) + 1);
  const shares = [...counts.values()].map((count) => count / secret.length);
  const bits = -shares.reduce((sum, share) => sum + share * Math.log2(share), 0) * secret.length;
  expect(bits).toBeGreaterThanOrEqual(96);
}
