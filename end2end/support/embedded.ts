import { fileURLToPath } from 'node:url';
import * as addresses from './addresses.ts';
import { Form } from './form.ts';
import { Program } from './program.ts';
import seed from '../data/embedded-seed.json' with { type: 'json' };

/** The apps of the seed, by the policy that they have. */
export const apps = {
  passwordOnly: '0oaEmbedPassword0000',
  twoFactors: '0oaEmbedTwoFactors00',
  oneFactor: '0oaEmbedOneFactor000',
} as const;

/** A person of the seed. */
export function person(name: string): { username: string; password: string } {
  const user = seed.users.find(({ login }) => login === `${name}@example.com`);
  if (!user) throw new Error(`the seed has no ${name}@example.com`);
  return { username: user.login, password: user.password };
}

/** An org whose apps ask people themselves, by Okta's own clients. */
export class EmbeddedOrg {
  readonly org: string;
  /** The authorization server of its apps. */
  readonly issuer: string;
  /** Where its apps live. */
  readonly site: string;
  /** Where they say that they want to be answered. */
  readonly redirectUri: string;
  readonly #program: Program;

  private constructor(kind: keyof typeof addresses.embedded, program: Program) {
    ({ org: this.org, site: this.site } = addresses.embedded[kind]);
    this.issuer = `${this.org}/oauth2/default`;
    this.redirectUri = `${this.site}/callback`;
    this.#program = program;
  }

  static async start(kind: keyof typeof addresses.embedded): Promise<EmbeddedOrg> {
    const { app, org } = addresses.embedded[kind];
    const environment = { ORG_SEED: fileURLToPath(new URL('../data/embedded-seed.json', import.meta.url)) };
    return new EmbeddedOrg(kind, await Program.start({ name: `embedded-${kind}`, app, org, environment }));
  }

  async stop(): Promise<void> {
    await this.#program.stop();
  }

  /** The number of what was sent last, for {@link codeSentTo}. */
  async lastMessage(): Promise<number> {
    const { last } = await this.#read<{ last: number }>('/dev/inbox.json', {});
    return last;
  }

  /** The code that is sent to an address or number after a message: waits for it, if need be. */
  async codeSentTo(to: string, after: number): Promise<string> {
    const query = { to, after: String(after), wait: '5s' };
    const { messages } = await this.#read<{ messages: { code: string | null }[] }>('/dev/inbox.json', query);
    const code = messages[0]?.code;
    if (!code) throw new Error(`no code was sent to ${to}`);
    return code;
  }

  /** The code that the link shows which was sent to an address after a message. */
  async codeBehindLinkTo(to: string, after: number): Promise<string> {
    const query = { to, after: String(after), wait: '5s' };
    const { messages } = await this.#read<{ messages: { link: string | null }[] }>('/dev/inbox.json', query);
    const link = messages[0]?.link ?? '';
    const page = await fetch(link);
    const cookie = page.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
    const form = Form.first(await page.text(), link);
    const headers = { cookie, origin: this.org };
    const answer = await fetch(form.action, { method: 'POST', headers, body: new URLSearchParams(form.fields) });
    const code = />(\d{6})</.exec(await answer.text())?.[1];
    if (!code) throw new Error(`the link sent to ${to} shows no code`);
    return code;
  }

  /** The code that a person's authenticator app shows. */
  async codeShownTo(login: string): Promise<string> {
    type Shown = { codes: { authenticator: string; code: string | null }[] };
    const { codes } = await this.#read<Shown>('/dev/totp', { login });
    const code = codes.find(({ authenticator }) => authenticator === 'google_otp')?.code;
    if (!code) throw new Error(`${login} has no authenticator app`);
    return code;
  }

  async #read<T>(path: string, query: Record<string, string>): Promise<T> {
    const answer = await fetch(`${this.org}${path}?${new URLSearchParams(query)}`);
    if (!answer.ok) throw new Error(`${answer.status} from ${path}`);
    return (await answer.json()) as T;
  }
}
