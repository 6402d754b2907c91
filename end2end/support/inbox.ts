import * as addresses from './addresses.ts';

/** What the org sent to somebody. */
export interface Message {
  readonly id: number;
  readonly channel: 'EMAIL' | 'SMS' | 'VOICE';
  readonly template: string;
  readonly code: string | null;
  readonly link: string | null;
}

/** Where somebody reads what the org sends: a mailbox or a telephone. */
export class Inbox {
  readonly #to: string;
  readonly #org: string;
  #last: number;

  private constructor(to: string, org: string, last: number) {
    this.#to = to;
    this.#org = org;
    this.#last = last;
  }

  /** Opens the inbox of an address or a number. What was sent before counts as read. */
  static async of(to: string, org = addresses.org): Promise<Inbox> {
    const { last } = await read(`${org}/dev/inbox.json?${new URLSearchParams({ to })}`);
    return new Inbox(to, org, last);
  }

  /** The next message that is not read yet. */
  async next(): Promise<Message> {
    const query = new URLSearchParams({ to: this.#to, after: String(this.#last), wait: '5s' });
    const { messages } = await read(`${this.#org}/dev/inbox.json?${query}`);
    const message = messages.at(-1);
    if (!message) throw new Error(`nothing was sent to ${this.#to}`);
    this.#last = message.id;
    return message;
  }

  /** The code of the next message. */
  async code(): Promise<string> {
    const { code, template } = await this.next();
    if (!code) throw new Error(`there is no code in ${template}`);
    return code;
  }

  /** The link of the next message. */
  async link(): Promise<string> {
    const { link, template } = await this.next();
    if (!link) throw new Error(`there is no link in ${template}`);
    return link;
  }
}

async function read(url: string): Promise<{ messages: Message[]; last: number }> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${answer.status} from ${url}`);
  return (await answer.json()) as { messages: Message[]; last: number };
}

/** What the authenticator app of a person shows now. */
export async function appCode(login: string, org = addresses.org): Promise<string> {
  const answer = await fetch(`${org}/dev/totp?${new URLSearchParams({ login })}`);
  const { codes } = (await answer.json()) as { codes: { code: string | null }[] };
  const code = codes[0]?.code;
  if (!code) throw new Error(`${login} has no code to use`);
  return code;
}
