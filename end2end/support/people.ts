import seed from '../seed.json' with { type: 'json' };

/** A person of the seed, with the password the seed gives. */
export interface Person {
  readonly login: string;
  readonly password: string;
  readonly firstName: string;
  readonly name: string;
}

/** The person with this login, without its domain. */
export function person(name: string): Person {
  const user = seed.users.find(({ login }) => login === `${name}@example.com`);
  if (!user) throw new Error(`seed.json has no user ${name}@example.com`);
  return { ...user, password: user.password ?? '', name: `${user.firstName} ${user.lastName}` };
}

/** The telephone number that the seed gives to a person. */
export function phoneOf({ login }: Person): string {
  const factors = seed.users.find((user) => user.login === login)?.factors ?? [];
  const number = factors.flatMap((factor) => ('number' in factor ? factor.number : []))[0];
  if (!number) throw new Error(`seed.json gives no telephone to ${login}`);
  return number;
}

/** A telephone number that nobody has yet. */
export const phoneFor = (project: string): string => (project === 'chromium' ? '+15550100201' : '+15550100202');

/** People whom the project `before` takes through onboarding, so that they arrive where they wanted to go. */
export const onboarded = ['jane.active', 'marked.up', 'wide.name'].map(person);

/** Jane may sign in and belongs to two groups. */
export const jane = person('jane.active');

/** Passwords, which only the table of demo accounts may show. */
export const passwords: readonly string[] = seed.users.flatMap(({ password }) => password ?? []);

/** Secrets of clients, which nothing may show. */
export const clientSecrets: readonly string[] = seed.apps.flatMap(({ clientSecret }) => clientSecret ?? []);

/** A registered client of the seed. */
export function client(clientId: string): { clientId: string; clientSecret: string | undefined } {
  const found = seed.apps.find((app) => app.clientId === clientId);
  if (!found) throw new Error(`seed.json has no app ${clientId}`);
  return { clientId, clientSecret: found.clientSecret };
}
