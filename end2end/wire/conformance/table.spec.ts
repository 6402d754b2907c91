import { expect, test } from '@playwright/test';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import plan from '../../../certification/plan.json' with { type: 'json' };
import seed from '../../../certification/seed.json' with { type: 'json' };

const path = (file: string) => fileURLToPath(new URL(`../../../${file}`, import.meta.url));
const read = (file: string) => readFileSync(path(file), 'utf8');

/** The rows of docs/CONFORMANCE.md. */
const rows = [...read('docs/CONFORMANCE.md').matchAll(/^\| `([^`]+)` \| `([^`]+)` \| (.+) \|$/gm)].map(
  ([, module = '', file = '', verdict = '']) => ({ module, file, verdict }),
);

/** The names of the suite's modules that are tests in a file, as its source has them. */
function modulesIn(file: string): Set<string> {
  const source = read(file);
  const found = file.endsWith('.rs')
    ? [...source.matchAll(/^(?:async fn|\s+)\s*([a-z0-9_]+)(?:\(\) \{|: [A-Z]\w+ =>)/gm)]
        .map(([, name = '']) => name)
        .filter((name) => isNamedByTheSuite(name))
    : [...source.matchAll(/'(oidcc-[a-z0-9_-]+)'/g)].map(([, name = '']) => name);
  return new Set(found.filter((name) => !name.endsWith('test-plan')));
}

/** Names of our own tests are sentences; the suite's begin in a few ways. */
const isNamedByTheSuite = (name: string) =>
  /^(oidcc_|invalid_|ensure_authorization_|remove_authorization_|valid_aud_|token_(type_case|endpoint_response)_|discovery_issuer_)/.test(
    name,
  );

/** The module as a test of this file is named. */
const nameIn = (file: string, module: string) => (file.endsWith('.rs') ? module.replaceAll('-', '_') : module);

test('every row of the table of conformance has its test, and every module that is tested has its row', () => {
  expect(rows.length).toBeGreaterThanOrEqual(52 + 49);
  expect(new Set(rows.map(({ module }) => module)).size, 'no module has two rows').toBe(rows.length);
  const files = new Set(rows.map(({ file }) => file));
  for (const file of files) {
    expect(existsSync(path(file)), file).toBe(true);
    const told = rows.filter((row) => row.file === file).map(({ module }) => nameIn(file, module));
    expect(told.toSorted(), file).toEqual([...modulesIn(file)].toSorted());
  }
});

test('every module of the plan for the real suite is one of the table', () => {
  for (const { name, modules } of plan.plans) {
    const known = new Set(rows.filter(({ file }) => file.endsWith('.ts')).map(({ module }) => module));
    expect(modules.filter((module) => !known.has(module)), name).toEqual([]);
  }
  const planned = new Set(plan.plans.flatMap(({ modules }) => modules));
  expect(planned.size).toBe(38 + 1 + 11 + 2);
  expect(Object.keys(plan.override).filter((module) => !planned.has(module))).toEqual([]);
});

test('the plan for the real suite names clients and the person of the seed', () => {
  for (const { client_id, client_secret } of [plan.client, plan.client2, plan.client_secret_post]) {
    const app = seed.apps.find(({ clientId }) => clientId === client_id);
    expect(app?.clientSecret).toBe(client_secret);
    expect(app?.redirectUris).toContain(`https://localhost.emobix.co.uk:8443/test/a/${plan.alias}/callback`);
  }
  const person = seed.users.find(({ login }) => login === plan.server.login_hint);
  expect(JSON.stringify(plan.browser)).toContain(person?.password);
});

test('every test that the list of faults names is there', () => {
  const named = [...read('docs/FAULTS.md').matchAll(/`([a-z0-9/_.-]+\.(?:rs|ts))`/g)].map(([, file = '']) => file);
  expect(named.length).toBeGreaterThan(15);
  expect(named.filter((file) => !existsSync(path(file)))).toEqual([]);
});
