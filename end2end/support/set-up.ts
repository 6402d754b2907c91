import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { managed } from './managed.ts';
import { binary, environment, outputDir } from './program.ts';

/** The password that John Doe is given. */
export const johnsPassword = 'Quiet-Harbor-77-lamp';

/** Sets the org up as the guide does for a use case, by the program's own command. */
export async function setUp(name: string, addresses: { readonly app: string; readonly org: string }, useCase: string) {
  const env = { ...environment(managed(name, addresses)), SETUP_JOHN_PASSWORD: johnsPassword };
  const journal = `${outputDir}/${name}/journal.json`;
  await promisify(execFile)(binary, ['setup', 'apply', '--case', useCase, '--journal', journal, '--yes'], { env });
}
