import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { fileURLToPath } from 'node:url';
import * as addresses from './addresses.ts';
import { apiToken } from './api-token.ts';
import { Inbox } from './inbox.ts';
import { Program } from './program.ts';
import * as hosted from './sign-in.ts';
import seed from '../data/three-ways-seed.json' with { type: 'json' };

const { app, org } = addresses.threeWays;

/** Every password of the seed, which no page and no storage may hold. */
export const passwords: readonly string[] = seed.users.flatMap(({ password }) => password ?? []);

/** The colours of the org's brand, which neither app nor org has by itself. */
export const brand = { primary: '#8a1c5b', contrast: '#ffffff' } as const;

/** An app of its own that lets people sign in in each of the three ways, and whose policy a test may change. */
export async function startThreeWays(): Promise<Program> {
  const ORG_SEED = fileURLToPath(new URL('../data/three-ways-seed.json', import.meta.url));
  const program = await Program.start({ name: 'three-ways', app, org, environment: { ORG_SEED } });
  await paint();
  return program;
}

/** Has the app ask for what the policy of this name demands. */
export async function demand(policy: string): Promise<void> {
  const [target] = (await list('apps')).filter(({ label }) => label === 'Portico');
  const [wanted] = (await list('policies?type=ACCESS_POLICY')).filter(({ name }) => name === policy);
  await put(`apps/${target?.id}/policies/${wanted?.id}`);
}

/** Gives the org the colours of the brand. */
async function paint(): Promise<void> {
  const [first] = await list('brands');
  const [theme] = await list(`brands/${first?.id}/themes`);
  const colors = { primaryColorHex: brand.primary, primaryColorContrastHex: brand.contrast };
  await put(`brands/${first?.id}/themes/${theme?.id}`, { ...theme, ...colors });
}

async function list(path: string): Promise<{ id: string; name: string; label: string }[]> {
  const answer = await fetch(`${org}/api/v1/${path}`, { headers: { authorization: `SSWS ${await apiToken(org)}` } });
  return (await answer.json()) as { id: string; name: string; label: string }[];
}

async function put(path: string, body?: object): Promise<void> {
  const headers = { authorization: `SSWS ${await apiToken(org)}`, 'content-type': 'application/json' };
  const answer = await fetch(`${org}/api/v1/${path}`, { method: 'PUT', headers, body: body ? JSON.stringify(body) : null });
  if (!answer.ok) throw new Error(`${answer.status}: ${path} ${await answer.text()}`);
}

/** Somebody who signs in, and reads what the org sends meanwhile. */
export class Newcomer {
  readonly login: string;
  readonly password: string;
  readonly #mail: Inbox;
  readonly #phone: Inbox | undefined;

  private constructor(login: string, password: string, mail: Inbox, phone: Inbox | undefined) {
    this.login = login;
    this.password = password;
    this.#mail = mail;
    this.#phone = phone;
  }

  /** A person of the seed, who has read everything so far. */
  static async of(name: string): Promise<Newcomer> {
    const user = seed.users.find(({ login }) => login === `${name}@example.com`);
    if (!user) throw new Error(`the seed has no ${name}@example.com`);
    const number = user.factors?.[0]?.number;
    const phone = number && (await Inbox.of(number, org));
    return new Newcomer(user.login, user.password ?? '', await Inbox.of(user.login, org), phone || undefined);
  }

  /** The code of the next email. */
  mailedCode(): Promise<string> {
    return this.#mail.code();
  }

  /** The code of the next text message. */
  textedCode(): Promise<string> {
    if (!this.#phone) throw new Error(`${this.login} has no telephone`);
    return this.#phone.code();
  }
}

/** What somebody does on the pages of one way to sign in. */
export interface Way {
  /** Opens the page that says nothing yet of who it is. */
  open(page: Page): Promise<void>;
  /** Says who it is, where that is asked alone. */
  identify(page: Page, who: Newcomer): Promise<void>;
  /** Takes one of several ways to prove it. */
  choose(page: Page, authenticator: 'Password' | 'Email'): Promise<void>;
  givePassword(page: Page, who: Newcomer): Promise<void>;
  giveMailedCode(page: Page, who: Newcomer): Promise<void>;
}

/** The org's own page. */
export const hostedPage: Way = {
  open: async (page) => void (await page.goto(`${app}/login?return_to=/profile`)),
  identify: (page, { login }) => hosted.enterUsername(page, login),
  choose: (page, authenticator) => hosted.choose(page, authenticator),
  givePassword: (page, { password }) => hosted.enterPassword(page, password),
  giveMailedCode: async (page, who) => {
    await hosted.expectStep(page, 'Verify with your email');
    await hosted.enterCode(page, await who.mailedCode());
  },
};

/** The org's widget in a page of the app. */
export const widget: Way = {
  open: async (page) => {
    await page.goto(`${app}/sign-in/widget?return_to=/profile`);
    await expect(page.getByRole('heading', { level: 1, name: 'Sign in', exact: true })).toBeVisible();
    await expect(page.getByRole('textbox', { name: 'Username' })).toBeVisible();
  },
  identify: async (page, { login }) => {
    await page.getByRole('textbox', { name: 'Username' }).fill(login);
    await page.getByRole('button', { name: 'Next' }).click();
  },
  choose: (page, authenticator) => page.getByRole('button', { name: new RegExp(`^Select ${authenticator}`) }).click(),
  givePassword: async (page, { password }) => {
    await page.getByRole('textbox', { name: 'Password' }).fill(password);
    await page.getByRole('button', { name: 'Verify' }).click();
  },
  giveMailedCode: async (page, who) => {
    const code = await who.mailedCode();
    // A link was sent as well.
    await page.getByRole('button', { name: /Enter a (verification )?code/ }).click();
    await page.getByRole('textbox', { name: 'Enter code' }).fill(code);
    await page.getByRole('button', { name: 'Verify' }).click();
  },
};

/** The app's own forms: the name is asked together with what proves it, and a code by email by the org's page alone. */
export const ownForms = {
  open: async (page: Page) => void (await page.goto(`${app}/sign-in?return_to=/profile`)),

  giveNameAndPassword: async (page: Page, { login, password }: Newcomer) => {
    await page.getByRole('textbox', { name: 'Username' }).fill(login);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click();
  },

  /** Asks for a text message in place of a password. */
  giveNameAlone: async (page: Page, { login }: Newcomer) => {
    await page.getByText('Sign in without a password').click();
    const form = page.getByRole('main').getByRole('group').filter({ hasText: 'Sign in without a password' });
    await form.getByRole('textbox', { name: 'Username' }).fill(login);
    await form.getByRole('radio', { name: 'A code by text message' }).check();
    await form.getByRole('button', { name: 'Continue' }).click();
  },

  giveTextedCode: async (page: Page, who: Newcomer) => {
    await hosted.expectStep(page, 'Enter the code from the text message');
    await page.getByLabel('Code').fill(await who.textedCode());
    await page.getByLabel('Code').press('Enter');
  },

  goToHostedPage: (page: Page) => page.getByRole('button', { name: "Use the organization's sign-in page" }).click(),
} as const;

/** The person is back in the app, which knows how they have proved who they are. */
export async function expectSignedIn(page: Page, by: string): Promise<void> {
  await expect(page).toHaveURL((url) => url.origin === app && url.pathname === '/onboarding');
  await page.goto(`${app}/profile`);
  await expect(page.getByRole('region', { name: 'This sign-in' })).toContainText(by);
}
