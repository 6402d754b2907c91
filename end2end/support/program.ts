import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The program under test: the release build, unless the environment names another. */
export const binary = process.env['PORTICO_BINARY'] ?? here('../../target/release/portico');

/** Data directories and logs of the programs. Playwright empties it at the start of every run. */
export const outputDir = here('../test-results');

/** How one program is set up: its name, and what differs from the defaults. */
export interface Setup {
  readonly name: string;
  readonly app: string;
  readonly org?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Where the program of this name writes what it prints. */
export const logFile = ({ name }: Setup) => `${outputDir}/${name}.log`;

/** The environment of a program: nothing of the developer's own configuration reaches it. */
export function environment({ name, app, org, environment }: Setup): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    LEPTOS_OUTPUT_NAME: 'portico',
    LEPTOS_SITE_ROOT: here('../../target/site'),
    LEPTOS_SITE_PKG_DIR: 'pkg',
    LEPTOS_HASH_FILES: 'true',
    // The names of the browser's files stand beside the release build, whichever build this is.
    LEPTOS_HASH_FILE_NAME: here('../../target/release/hash.txt'),
    APP_WIDGET_DIR: here('../../target/widget'),
    APP_URL: app,
    APP_DATA_DIR: `${outputDir}/${name}/app`,
    ORG_DATA_DIR: `${outputDir}/${name}/org`,
    ORG_SEED: here('../seed.json'),
    ...(org && { ORG_URL: org }),
    ...environment,
  };
}

/** A running program that a spec starts and ends by itself. */
export class Program {
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess) {
    this.#process = process;
  }

  /** Starts the program and comes back when it says that it is ready to answer. */
  static async start(setup: Setup): Promise<Program> {
    mkdirSync(outputDir, { recursive: true });
    const log = openSync(logFile(setup), 'a');
    const process = spawn(binary, { env: environment(setup), stdio: ['ignore', log, log] });
    const program = new Program(process);
    try {
      await program.#ready(`${setup.app}/livez`);
    } catch (error) {
      await program.kill();
      throw error;
    }
    return program;
  }

  async #ready(url: string): Promise<void> {
    for (const deadline = Date.now() + 30_000; Date.now() < deadline; ) {
      if (this.#process.exitCode !== null) throw new Error(`the program ended with ${this.#process.exitCode}`);
      const answer = await fetch(url).catch(() => undefined);
      if (answer?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`nothing answers at ${url}`);
  }

  /** Ends the program as a power cut would: it gets no chance to tidy up. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Asks the program to end, and waits until it has. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const exited = once(this.#process, 'exit');
    this.#process.kill(signal);
    await exited;
  }
}
