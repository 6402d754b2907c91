import type { APIRequestContext, APIResponse } from '@playwright/test';
import { Form } from './form.ts';
import type { Person } from './people.ts';

/** Where a sign-in ended: an address to go to, or a form to be posted to one (`response_mode=form_post`). */
export type Ending = { readonly url: URL; readonly form?: Readonly<Record<string, string>> };

/**
 * Signs in on the hosted page by its forms alone, from `start` to the first address that `isEnd` knows.
 *
 * `request` keeps the cookies, so a second sign-in with it is a single sign-on.
 */
export async function signInByForms(
  request: APIRequestContext,
  start: string | URL,
  { login, password }: Person,
  isEnd: (url: URL) => boolean,
): Promise<Ending> {
  let answer = await visit(request, String(start));
  for (let steps = 0; steps < 12; steps += 1) {
    const location = answer.headers()['location'];
    if (location) {
      const url = new URL(location, answer.url());
      if (isEnd(url)) return { url };
      answer = await visit(request, url.href);
      continue;
    }
    const form = Form.first(await answer.text(), answer.url());
    if (isEnd(new URL(form.action))) return { url: new URL(form.action), form: form.fields };
    form.fill('username', login);
    form.fill('current-password', password);
    answer = await request.post(form.action, {
      form: form.fields,
      headers: { origin: new URL(form.action).origin },
      maxRedirects: 0,
    });
  }
  throw new Error(`still not signed in at ${answer.url()}`);
}

function visit(request: APIRequestContext, url: string): Promise<APIResponse> {
  return request.get(url, { maxRedirects: 0 });
}
