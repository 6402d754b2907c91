import { secrets } from './people.ts';

const jwt = /eyJ[\w-]+\.eyJ[\w-]+/;

/** What a text gives away: a token, a password, the secret of a client. Names the kind, and never repeats the secret. */
export function leaksIn(text: string): string[] {
  return [
    ...(jwt.test(text) ? ['a JWT'] : []),
    ...(secrets.some((secret) => text.includes(secret)) ? ['a password or client secret'] : []),
  ];
}
