import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { take, writeContents } from './screenshots/album.ts';
import { app, arrive, comeToSecond, lonelyApp, org, signIn, somebody } from './screenshots/place.ts';
import { Inbox } from './support/inbox.ts';
import { passOnboarding } from './support/onboarding.ts';
import { choose, enterCode, enterCredentials, enterPassword, enterUsername, expectStep } from './support/sign-in.ts';

const ada = somebody('ada.admin');
const john = somebody('john.doe');
const mira = somebody('mira.marsh');
const elsa = somebody('elsa.email');
const phoneOfMira = '+15550100601';

/** Signs in somebody who has been through onboarding, or goes through it now. */
async function signInOnboarded(page: Page, person: typeof ada): Promise<void> {
  await signIn(page, person);
  const welcome = page.getByRole('heading', { level: 1, name: /^Welcome/ });
  const home = page.getByRole('navigation', { name: 'Main' });
  await expect(welcome.or(home).first()).toBeVisible();
  if (new URL(page.url()).pathname === '/onboarding') await passOnboarding(page);
  await expect(page).toHaveURL(`${app}/`);
}

test('the pages that are for everybody', async ({ page }) => {
  await page.goto('/');
  await take(page, 'home');
  for (const [path, name] of [
    ['/profile', 'sign-in-to-continue'],
    ['/login/callback?code=x&state=made-up', 'sign-in-failed'],
    ['/no-such-page', 'not-found'],
    ['/join?code=nobody', 'join-unknown'],
    [`${lonelyApp}/login`, 'org-down'],
    [org, 'org-home'],
    [`${org}/oauth2/v1/authorize?client_id=0oaUnknownClient0001&response_type=code&scope=openid&state=x`, 'hosted-error'],
    [`${org}/tokens/00000000000000000000/verify`, 'hosted-stale-link'],
  ] as const) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await take(page, name);
  }
});

test('what people see of their own', async ({ page }) => {
  await signInOnboarded(page, john);
  await take(page, 'home-signed-in');
  for (const [path, name] of [
    ['/profile', 'profile'],
    ['/tokens', 'tokens'],
    ['/security', 'security'],
  ] as const) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await take(page, name);
  }
  await page.goto('/campaigns');
  await take(page, 'campaigns-refused');
  await page.goto('/sign-out');
  await take(page, 'sign-out');
  await page.getByRole('main').getByRole('button').first().click();
  await arrive(page, 'You are signed out');
  await take(page, 'signed-out');
});

test('the forms of the app', async ({ page }) => {
  await page.goto('/sign-in');
  const username = page.getByRole('textbox', { name: 'Username' });
  const password = page.getByLabel('Password', { exact: true });
  await take(page, 'forms');
  await page.getByText('Sign in without a password').click();
  await take(page, 'forms-without-password');
  await page.getByText('Sign in without a password').click();
  for (const given of ['wrong', mira.password]) {
    await username.fill(mira.login);
    await password.fill(given);
    await password.press('Enter');
    if (given !== 'wrong') continue;
    await expect(page.locator('#outcome')).toContainText('Check the username and the password');
    await take(page, 'forms-wrong');
  }
  const code = page.getByLabel('Code', { exact: true });
  const way = page.getByRole('button', { name: 'A code by text message' });
  await expect(code.or(way).first()).toBeVisible();
  if (await way.isVisible()) {
    await take(page, 'forms-ways');
    await way.click();
    await expect(code).toBeVisible();
    await take(page, 'forms-code');
  } else {
    await take(page, 'forms-code');
    await page.getByRole('button', { name: 'Choose another way' }).click();
    await arrive(page, 'How do you want to go on?');
    await take(page, 'forms-ways');
  }

  await page.context().clearCookies();
  await page.goto('/sign-in');
  await username.fill(elsa.login);
  await password.fill(elsa.password);
  await password.press('Enter');
  await arrive(page, "One more step, on the organization's page");
  await take(page, 'forms-handover');
});

test("the org's widget", async ({ page }) => {
  await page.goto('/sign-in/widget');
  const drawn = () => expect(page.getByRole('textbox', { name: 'Username' })).toBeVisible();
  await drawn();
  await take(page, 'widget', drawn);
});

test('onboarding', async ({ page }) => {
  await signIn(page, somebody('grace.green'));
  await arrive(page, /^Welcome/);
  await take(page, 'onboarding-welcome');
  await page.getByRole('button', { name: 'Start' }).click();
  await expect(page.getByLabel('First name')).toBeVisible();
  await take(page, 'onboarding-name');
  await page.getByRole('button', { name: 'Save and continue' }).click();
  await expect(page.getByLabel('Telephone number')).toBeVisible();
  await take(page, 'onboarding-security');
  const number = '+15550100602';
  const phone = await Inbox.of(number, org);
  await page.getByLabel('Telephone number').fill(number);
  await page.getByRole('button', { name: 'Send a code to this number' }).click();
  const code = page.getByLabel('The code that was sent to your telephone');
  await expect(code).toBeVisible();
  await take(page, 'onboarding-code');
  await code.fill(await phone.code());
  await page.getByRole('button', { name: 'Verify' }).click();
  await expect(page.getByRole('radio', { name: 'Profile' })).toBeVisible();
  await take(page, 'onboarding-preferences');
  await page.getByRole('button', { name: 'Finish' }).click();
  await expect(page).toHaveURL((url) => url.pathname !== '/onboarding');
  await page.goto('/onboarding');
  await arrive(page, 'You are all set');
  await take(page, 'onboarding-done');
});

/** Makes a campaign that starts so, and brings the file in. */
async function bringIn(page: Page, campaign: { name: string; start: string; csv: string }): Promise<void> {
  await page.goto('/campaigns/new');
  await page.getByLabel('Name', { exact: true }).fill(campaign.name);
  await page.getByLabel('Group').selectOption({ label: 'Retailers' });
  await page.locator(`input[name=start][value=${campaign.start}]`).check();
  if (campaign.start === 'email') await take(page, 'campaign-new');
  await page.getByRole('button', { name: 'Make the campaign' }).click();
  await expect(page.getByLabel('CSV file')).toBeVisible();
  if (campaign.start === 'email') await take(page, 'campaign-made');
  await page
    .getByLabel('CSV file')
    .setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(campaign.csv) });
  await page.getByRole('button', { name: 'Look at the rows' }).click();
  await expect(page.getByRole('button', { name: /^Import/ })).toBeVisible();
  if (campaign.start === 'email') await take(page, 'campaign-preview');
  await page.getByRole('button', { name: /^Import/ }).click();
  await page.getByRole('button', { name: /^(Send|Make) \d+/ }).click();
  await expect(page.getByRole('button', { name: 'Ask the org anew' })).toBeVisible();
}

test('campaigns', async ({ page, browser }) => {
  const people = ['Ana Alvarez', 'Ben Brown', 'Chloé Caron', 'Dilan Demir', 'Emma Eriksen', 'Farid Faris', 'Gita Gupta', 'Hugo Horn'];
  const rows = (domain: string) =>
    people.map((name) => `${name.replace(' ', ',')},${name.split(' ')[0]?.normalize('NFD').replace(/\W/g, '')}@${domain}`);
  await signInOnboarded(page, ada);
  await page.goto('/campaigns');
  await take(page, 'campaigns-none');
  const flawed = ['first name,last name,email', ...rows('retail.example.com'), 'Ines,,ines@retail.example.com', 'No,Body,nowhere'];
  await bringIn(page, { name: 'Spring for retailers', start: 'email', csv: flawed.join('\r\n') });
  await take(page, 'campaign');

  const links = ['first name,last name,email', ...rows('partner.example.com')];
  await bringIn(page, { name: 'Partners', start: 'link', csv: links.join('\r\n') });
  await take(page, 'campaign-links');
  const link = await page.locator('.campaign-link').first().innerText();
  const invited = await browser.newPage({ baseURL: app });
  await invited.goto(link);
  await arrive(invited, /^Welcome/);
  await take(invited, 'join');
  await invited.close();
  await page.getByRole('link', { name: 'Delete the campaign' }).click();
  await expect(page.getByText('stay at the org as they are')).toBeVisible();
  await take(page, 'campaign-delete');
  await page.goto('/campaigns');
  await take(page, 'campaigns');
});

test('two factors on the hosted page', async ({ page }) => {
  await page.goto('/login');
  await expectStep(page, 'Sign in');
  await take(page, 'sign-in');
  await enterUsername(page, mira.login);
  await take(page, 'hosted-choose');
  await choose(page, 'Password');
  await expect(page.getByLabel('Password')).toBeVisible();
  await take(page, 'hosted-password');
  await enterPassword(page, 'wrong');
  await expect(page.getByRole('alert')).toBeVisible();
  await take(page, 'hosted-wrong');

  await comeToSecond(page, mira);
  await take(page, 'hosted-second');
  await choose(page, 'Email');
  await expectStep(page, 'Verify with your email');
  await take(page, 'hosted-email');
  await comeToSecond(page, mira);
  await choose(page, 'Google Authenticator');
  await expectStep(page, 'Verify with Google Authenticator');
  await take(page, 'hosted-app');
  await comeToSecond(page, mira);
  await choose(page, 'Phone');
  await take(page, 'hosted-phone');
  const phone = await Inbox.of(phoneOfMira, org);
  await page.getByRole('button', { name: 'Receive a code via SMS' }).click();
  await expect(page.getByLabel('Enter Code')).toBeVisible();
  await take(page, 'hosted-phone-code');
  await enterCode(page, await phone.code());
  await expect(page).toHaveURL((url) => url.origin === app);
});

test('setting things up on the hosted page', async ({ page }) => {
  const nora = somebody('nora.new');
  const begin = async () => {
    await page.context().clearCookies();
    await page.goto('/login');
    await enterCredentials(page, nora);
    await expectStep(page, 'Set up security methods');
  };
  await begin();
  await take(page, 'hosted-set-up');
  for (const [authenticator, step, name] of [
    ['Phone', 'Set up phone authentication', 'hosted-set-up-phone'],
    ['Google Authenticator', 'Set up Google Authenticator', 'hosted-set-up-app'],
    ['Passkeys', 'Set up a passkey', 'hosted-set-up-passkey'],
  ] as const) {
    await begin();
    await choose(page, authenticator);
    await expectStep(page, step);
    await take(page, name);
  }
});

test('other ways through the hosted page', async ({ page }) => {
  await page.goto('/login');
  await page.getByRole('button', { name: 'Sign up' }).click();
  await expectStep(page, 'Sign up');
  await take(page, 'hosted-sign-up');
  await page.getByLabel('Email').fill('nina@new');
  await page.getByLabel('First name').fill('Nina');
  await page.getByLabel('Last name').fill('New');
  await page.getByRole('button', { name: 'Sign up' }).click();
  await expect(page.getByRole('alert').first()).toBeVisible();
  await take(page, 'hosted-sign-up-wrong');

  await page.context().clearCookies();
  await page.goto('/login');
  await enterCredentials(page, somebody('edgar.old'));
  await expectStep(page, 'Your password has expired');
  await take(page, 'hosted-expired');

  await page.context().clearCookies();
  const mail = await Inbox.of(john.login, org);
  await page.goto('/login');
  await enterUsername(page, john.login);
  await page.getByRole('button', { name: 'Forgot password?' }).click();
  await enterCode(page, await mail.code());
  await expectStep(page, 'Reset your password');
  await take(page, 'hosted-reset');

  const { login } = somebody('ida.invited');
  const invitation = await Inbox.of(login, org);
  await page.goto(`${org}/tokens/00000000000000000000/verify`);
  await page.getByLabel('Username').fill(login);
  await page.getByRole('button', { name: 'Request activation email' }).click();
  await page.goto(await invitation.link());
  await expectStep(page, 'Activate your account');
  await take(page, 'hosted-activation');
});

test('a device without a browser', async ({ page }) => {
  const answer = await fetch(`${org}/oauth2/v1/device/authorize`, {
    method: 'POST',
    headers: { 'user-agent': 'Living room TV' },
    body: new URLSearchParams({ client_id: '0oaLivingRoomTv00001', scope: 'openid profile' }),
  });
  const { verification_uri_complete: address } = (await answer.json()) as { verification_uri_complete: string };
  await page.goto(address);
  await take(page, 'device');
  await page.getByRole('button', { name: 'Next' }).click();
  await enterCredentials(page, john);
  const allow = page.getByRole('button', { name: 'Allow', exact: true });
  await expect(allow).toBeVisible();
  await take(page, 'device-confirm');
  await allow.click();
  await expect(allow).toHaveCount(0);
  await take(page, 'device-done');
});

test('the pages for developers', async ({ page }) => {
  for (const [path, name] of [
    ['/dev', 'dev'],
    ['/dev/inbox', 'dev-inbox'],
    ['/dev/clock', 'dev-clock'],
    ['/dev/totp', 'dev-totp'],
    ['/dev/limits', 'dev-limits'],
    ['/dev/explain', 'dev-explain'],
  ] as const) {
    await page.goto(`${org}${path}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await take(page, name);
  }
  await page.getByRole('main').getByRole('link').first().click();
  await expect(page).toHaveURL(/\/dev\/explain\/.+/);
  await take(page, 'dev-explain-one');
});

test('every page has its pictures', () => writeContents());
