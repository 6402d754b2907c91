import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { leaksIn } from '../support/leaks.ts';
import { outputDir } from '../support/program.ts';

// What the program prints when it is ready names the demo accounts, as it should.
const announcement = /Portico is ready[\s\S]*?Stop with Ctrl-C\./g;

const secrets = [
  { what: 'a code, state or hint in an address', pattern: /[?&](code|state|id_token_hint)=[^&\s]/ },
  { what: 'a cookie', pattern: /\b(portico_\w+|idx|dt)=\S/ },
  { what: 'an Authorization header', pattern: /(Bearer|Basic) [\w+/=.-]{16}/ },
  { what: 'a panic', pattern: /panicked at/ },
];

test('no log holds a token, password, code, cookie or panic', () => {
  const names = readdirSync(outputDir).filter((name) => name.endsWith('.log'));
  expect(names).toContain('portico.log');
  for (const name of names) {
    const log = readFileSync(`${outputDir}/${name}`, 'utf8');
    expect(log, `${name} of a program that has started`).toContain('Portico is ready');
    const text = log.replaceAll(announcement, '');
    expect.soft(leaksIn(text), name).toEqual([]);
    for (const { what, pattern } of secrets) expect.soft(text, `${what} in ${name}`).not.toMatch(pattern);
  }
});
