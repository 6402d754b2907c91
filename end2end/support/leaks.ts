import { clientSecrets, passwords } from './people.ts';

const jwt = /eyJ[\w-]+\.eyJ[\w-]+/;

const kinds = [
  { kind: 'a JWT', isIn: (text: string) => jwt.test(text) },
  { kind: 'a client secret', isIn: (text: string) => clientSecrets.some((secret) => text.includes(secret)) },
  { kind: 'a password', isIn: (text: string) => passwords.some((password) => text.includes(password)) },
] as const;

/** What a text gives away. Names the kind, and never repeats the secret. */
export function leaksIn(text: string): string[] {
  return kinds.filter(({ isIn }) => isIn(text)).map(({ kind }) => kind);
}
