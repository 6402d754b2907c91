import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';

/** Where a page sends what, and what it keeps. */
export class Traffic {
  readonly #calls: string[] = [];
  readonly #passwords: readonly string[];

  /** From now on; none of the passwords may be kept. */
  constructor(page: Page, passwords: readonly string[]) {
    this.#passwords = passwords;
    page.on('request', (request) => this.#calls.push(`${request.method()} ${request.url()} ${request.postData() ?? ''}`));
  }

  /** Of what redeems a code, and of what that gives, there is nothing in requests and storage. */
  async expectNoTokens(page: Page): Promise<void> {
    const begun = this.#calls.filter((call) => /\/v1\/(interact|token)\b/.test(call));
    expect(begun, 'what only the app itself may call').toEqual([]);
    expect(this.#calls.join('\n')).not.toMatch(/code_verifier|access_token|id_token|refresh_token|eyJ[\w-]+\.eyJ/);
    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]));
    expect(kept).not.toMatch(/interaction|token|verifier|eyJ/i);
    for (const password of this.#passwords) expect(kept).not.toContain(password);
  }
}
