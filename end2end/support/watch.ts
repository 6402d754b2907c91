import { expect } from '@playwright/test';
import type { BrowserContext, ConsoleMessage, Page, Request, Response } from '@playwright/test';
import * as addresses from './addresses.ts';
import { leaksIn } from './leaks.ts';

/** Sees everything the browser does during a test, and fails the test for what no page may ever do. */
export class Watch {
  readonly #problems: string[] = [];
  readonly #reading: Promise<void>[] = [];
  readonly #statuses = new Set<number>();
  readonly #messages: RegExp[] = [];
  readonly #origins = new Set([addresses.app, addresses.org, addresses.lonelyApp]);

  /** Says that the test provokes answers with these statuses, which the browser reports in its console. */
  expectStatus(...statuses: number[]): void {
    for (const status of statuses) this.#statuses.add(status);
  }

  /** Says that the test provokes a message like this in the console. */
  expectMessage(message: RegExp): void {
    this.#messages.push(message);
  }

  /** Says that the test talks to another origin as well. */
  expectOrigin(origin: string): void {
    this.#origins.add(origin);
  }

  /** Watches every page of a browser context. */
  async over(context: BrowserContext): Promise<void> {
    context.on('console', (message) => this.#onConsole(message));
    context.on('weberror', (error) => this.#report(`an exception: ${error.error().message}`));
    context.on('request', (request) => this.#onRequest(request));
    // An answer that the browser refuses to read never ends, so reading ends with the context at the latest.
    const closed = new Promise<void>((resolve) => context.once('close', () => resolve()));
    context.on('response', (response) => this.#reading.push(Promise.race([this.#onResponse(response), closed])));
    await context.addInitScript(reportPolicyViolations);
  }

  /** Looks at what is left in a browser context before it is closed. */
  async inspect(context: BrowserContext): Promise<void> {
    await this.#inspectCookies(context);
    for (const page of context.pages()) await this.#inspectPage(page);
  }

  /** Fails the test for everything that was seen. To be called when the pages are closed, as reading ends then. */
  async conclude(): Promise<void> {
    await Promise.all(this.#reading);
    expect(this.#problems, 'what the browser reported').toEqual([]);
  }

  #report(problem: string): void {
    this.#problems.push(problem);
  }

  #onConsole(message: ConsoleMessage): void {
    if (!['error', 'warning'].includes(message.type())) return;
    const status = /^Failed to load resource: .* status of (\d{3})/.exec(message.text())?.[1];
    if (status && this.#statuses.has(Number(status))) return;
    // Chromium counts seconds, which a busy machine needs for other things; `downloads.spec.ts` sees that what is preloaded is used.
    if (message.text().includes('was preloaded using link preload but not used within a few seconds')) return;
    if (this.#messages.some((expected) => expected.test(message.text()))) return;
    this.#report(`console ${message.type()} at ${message.location().url}: ${message.text()}`);
  }

  #onRequest(request: Request): void {
    const { origin, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && !this.#origins.has(origin)) {
      this.#report(`a request to another host: ${request.url()}`);
    }
    const referer = request.headers()['referer'] ?? '';
    if (/[?&](code|state|id_token_hint)=/.test(referer)) this.#report(`a Referer that tells a secret: ${referer}`);
  }

  async #onResponse(response: Response): Promise<void> {
    const status = response.status();
    if (status >= 500 && !this.#statuses.has(status)) this.#report(`${status} from ${response.url()}`);
    // The body of a page that was left before it had arrived cannot be read any more.
    const body = await response.text().catch(() => '');
    this.#inspectText(body, response.url(), 'the body');
  }

  async #inspectPage(page: Page): Promise<void> {
    if (!page.url().startsWith('http')) return;
    const left = await page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.documentElement.outerHTML, document.cookie]),
    );
    this.#inspectText(left, page.url(), 'a storage or the document');
  }

  #inspectText(text: string, url: string, where: string): void {
    for (const leak of leaksIn(text)) {
      // The home page of an app whose org is on this computer shows the demo accounts.
      const { origin, pathname } = new URL(url);
      const isDemo = leak === 'a password' && origin === addresses.app && pathname === '/';
      if (!isDemo) this.#report(`${leak} in ${where} of ${pathname}`);
    }
  }

  async #inspectCookies(context: BrowserContext): Promise<void> {
    for (const cookie of await context.cookies()) {
      if (!cookie.httpOnly) this.#report(`a cookie that scripts can read: ${cookie.name}`);
      if (cookie.sameSite === 'None') this.#report(`a cookie for other sites: ${cookie.name}`);
      if (cookie.path !== '/') this.#report(`a cookie for ${cookie.path} only: ${cookie.name}`);
      for (const leak of leaksIn(cookie.value)) this.#report(`${leak} in the cookie ${cookie.name}`);
    }
  }
}

/** Runs in every page before its own scripts. */
function reportPolicyViolations(): void {
  addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
    console.error(`the content security policy forbids ${violatedDirective} ${blockedURI}`);
  });
  new ReportingObserver(
    (reports) => {
      for (const { type, body } of reports) console.error(`a report of ${type}: ${JSON.stringify(body)}`);
    },
    { buffered: true },
  ).observe();
}
