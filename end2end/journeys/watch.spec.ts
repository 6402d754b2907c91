import { expect, test } from '@playwright/test';
import { expectAccessible } from '../support/accessible.ts';
import { jane } from '../support/people.ts';
import { serve } from '../support/serve.ts';
import { needsScript } from '../support/test.ts';
import { Watch } from '../support/watch.ts';

const token = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJqYW5lIn0.';
const page = (body: string) => `<!doctype html><html lang="en"><link rel="icon" href="data:,">${body}</html>`;
const script = (code: string) => page(`<script>${code}</script>`);

const faults = [
  {
    fault: 'a message in the console',
    answer: { body: script('console.error("oh no")') },
    report: /console error.*oh no/,
  },
  { fault: 'an exception', answer: { body: script('throw new Error("oh no")') }, report: /an exception: oh no/ },
  { fault: 'an answer of 500', answer: { body: page(''), status: 500 }, report: /"500 from/ },
  { fault: 'a token in a page', answer: { body: page(token) }, report: /a JWT in the body/ },
  { fault: 'a password in a page', answer: { body: page(jane.password) }, report: /a password in the body/ },
  {
    fault: 'a token in a storage',
    answer: { body: script(`sessionStorage.token = [${token.split('.').map((part) => `"${part}"`)}].join(".")`) },
    report: /a JWT in a storage/,
  },
  {
    fault: 'a cookie for scripts',
    answer: { body: page(''), headers: { 'set-cookie': 'a=b; SameSite=Lax' } },
    report: /scripts can read: a/,
  },
  {
    fault: 'another host',
    answer: { body: page('<img src="http://127.0.0.1:1/">') },
    report: /another host: http:\/\/127.0.0.1:1/,
  },
  {
    fault: 'what the content security policy forbids',
    answer: { body: page('<p style="color: red">'), headers: { 'content-security-policy': "style-src 'none'" } },
    report: /policy forbids style-src-attr inline/,
  },
] as const;

const reason = needsScript('most faults are made by one');

for (const { fault, answer, report } of faults) {
  test(`the watch over every journey sees ${fault}`, reason, async ({ page, context }) => {
    await using server = await serve('127.0.0.1', answer);
    const watch = new Watch();
    watch.expectOrigin(server.origin);
    await watch.over(context);
    await page.goto(server.origin);
    await watch.inspect(context);
    await expect(watch.conclude()).rejects.toThrow(report);
  });
}

test('the watch has nothing to say about a page without fault', async ({ page: tab, context }) => {
  await using server = await serve('127.0.0.1', { body: page('<p>Good morning.</p>') });
  const watch = new Watch();
  watch.expectOrigin(server.origin);
  await watch.over(context);
  await tab.goto(server.origin);
  await watch.inspect(context);
  await watch.conclude();
});

for (const scheme of ['light', 'dark']) {
  test(`grey on grey is found where the colour scheme is ${scheme}`, async ({ page: tab }) => {
    const style = `@media (prefers-color-scheme: ${scheme}) { p { color: #777; background: #888 } }`;
    const main = '<main><h1>Morning</h1><p>Hardly legible.</p></main>';
    await using server = await serve('127.0.0.1', { body: page(`<title>Grey</title><style>${style}</style>${main}`) });
    await tab.goto(server.origin);
    await expect(expectAccessible(tab)).rejects.toThrow(new RegExp(`${scheme}[\\s\\S]*color-contrast: <p>`));
  });
}
