import { expect, test } from '@playwright/test';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as addresses from '../support/addresses.ts';
import { apiToken } from '../support/api-token.ts';
import { managed } from '../support/managed.ts';
import { Program } from '../support/program.ts';

/** The Python that `cargo xtask e2e` has put the SDK into. */
const python = process.env['PORTICO_PYTHON'] ?? 'python3';
const script = fileURLToPath(new URL('../python/okta_sdk.py', import.meta.url));

test('the Python SDK manages users, groups, apps, policies, authenticators, servers, roles and reads the log', async () => {
  const program = await Program.start(managed('managed-by-python', addresses.managedByPython));
  try {
    const env = {
      ...process.env,
      OKTA_CLIENT_TOKEN: await apiToken(addresses.managedByPython.org),
      // The SDK asks for https unless it is told that this is a test.
      OKTA_TESTING_TESTINGDISABLEHTTPSCHECK: 'true',
    };
    const { stdout } = await promisify(execFile)(python, [script, addresses.managedByPython.org], { env });
    expect(stdout.trim().split('\n')).toEqual([
      'ok users',
      'ok groups',
      'ok apps',
      'ok policies',
      'ok authenticators',
      'ok authorization_servers',
      'ok roles',
      'ok system_log',
    ]);
  } finally {
    await program.kill();
  }
});
