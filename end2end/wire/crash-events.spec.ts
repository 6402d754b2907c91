import { expect, test } from '@playwright/test';
import * as addresses from '../support/addresses.ts';
import { apiToken } from '../support/api-token.ts';
import { managed } from '../support/managed.ts';
import { Program } from '../support/program.ts';

const setup = managed('mortal-managed', addresses.mortalManaged);

interface User {
  readonly id: string;
}

interface LogEvent {
  readonly target: readonly { readonly id: string; readonly type: string }[];
}

/** An administrator who works over restarts of the org. */
class Admin {
  readonly #token: string;

  constructor(token: string) {
    this.#token = token;
  }

  async #call(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { authorization: `SSWS ${this.#token}`, 'content-type': 'application/json' };
    const answer = await fetch(new URL(path, addresses.mortalManaged.org), { ...init, headers });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  }

  /** Makes a user, and comes back when the org says that there is one. */
  async create(login: string): Promise<string> {
    const profile = { firstName: 'Cra', lastName: 'Sh', login, email: login };
    const answer = await this.#call('/api/v1/users?activate=false', { method: 'POST', body: JSON.stringify({ profile }) });
    return ((await answer.json()) as User).id;
  }

  /** Every page of a list. */
  async all<T>(path: string): Promise<T[]> {
    const items: T[] = [];
    for (let next: string | undefined = path; next !== undefined; ) {
      const answer: Response = await this.#call(next);
      items.push(...((await answer.json()) as T[]));
      next = /<([^>]+)>; rel="next"/.exec(answer.headers.get('link') ?? '')?.[1];
    }
    return items;
  }
}

/** Makes users until the program is gone, and hands over each that was acknowledged. */
async function createUntilTheEnd(admin: Admin, line: string, acknowledge: (id: string) => void): Promise<void> {
  for (let number = 0; ; number += 1) {
    const id = await admin.create(`${line}.${number}@crash.example`).catch(() => undefined);
    if (id === undefined) return;
    acknowledge(id);
  }
}

test('after each kill -9 there are as many events as actions, and all that was acknowledged', async () => {
  test.slow();
  const acknowledged: string[] = [];
  let program = await Program.start(setup);
  try {
    const admin = new Admin(await apiToken(addresses.mortalManaged.org));
    for (let kills = 1; kills <= 3; kills += 1) {
      let killed: Promise<void> | undefined;
      const acknowledge = (id: string) => {
        acknowledged.push(id);
        if (acknowledged.length >= 40 * kills) killed ??= program.kill();
      };
      const lines = [1, 2, 3, 4].map((line) => createUntilTheEnd(admin, `${kills}-${line}`, acknowledge));
      await Promise.all(lines);
      await killed;
      expect(acknowledged.length, 'users before the kill').toBeGreaterThanOrEqual(40 * kills);

      program = await Program.start(setup);
      const search = encodeURIComponent('profile.lastName eq "Sh"');
      const users = await admin.all<User>(`/api/v1/users?search=${search}`);
      const created = users.map(({ id }) => id).toSorted();
      const filter = encodeURIComponent('eventType eq "user.lifecycle.create"');
      const until = encodeURIComponent(new Date(Date.now() + 60_000).toISOString());
      const events = await admin.all<LogEvent>(`/api/v1/logs?filter=${filter}&until=${until}&limit=1000`);
      const told = events.flatMap(({ target }) => target.filter(({ type }) => type === 'User').map(({ id }) => id));
      expect(told.filter((id) => created.includes(id)).toSorted(), 'one event for each user').toEqual(created);
      expect(told.every((id) => created.includes(id)), 'no event without a user').toBe(true);
      expect(created).toEqual(expect.arrayContaining(acknowledged));
    }
  } finally {
    await program.stop();
  }
});
