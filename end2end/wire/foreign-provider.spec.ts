import { expect, test } from '@playwright/test';
import type { Server } from 'node:http';
import * as addresses from '../support/addresses.ts';
import { registration, startForeignProvider } from '../support/foreign-provider.ts';
import { passOnboarding } from '../support/onboarding.ts';
import { Program } from '../support/program.ts';

let server: Server;
let program: Program;

test.beforeAll(async () => {
  server = await startForeignProvider();
  program = await Program.start({
    name: 'foreign',
    app: addresses.foreignApp,
    environment: {
      OKTA_ISSUER: addresses.foreignProvider,
      OKTA_CLIENT_ID: registration.client_id,
      OKTA_CLIENT_SECRET: registration.client_secret,
    },
  });
});

test.afterAll(async () => {
  await program.stop();
  server.closeAllConnections();
  server.close();
});

test('the app signs in at a foreign provider by configuration alone', async ({ page }) => {
  await page.goto(`${addresses.foreignApp}/login?return_to=/profile`);
  await page.getByPlaceholder('Enter any login').fill('freya');
  await page.getByPlaceholder('and password').fill('anything');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();

  await passOnboarding(page, 'Profile');
  await expect(page.getByRole('heading', { level: 1, name: 'Your profile' })).toBeVisible();
  await expect(page.getByRole('main')).toContainText('freya@foreign.example');
  await expect(page.getByRole('banner')).toContainText('Freya Foreign');

  await page.getByRole('banner').getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Yes, sign me out' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'You are signed out' })).toBeVisible();
  await expect(page).toHaveURL((url) => url.origin === addresses.foreignApp);

  await page.goto(`${addresses.foreignApp}/login`);
  await expect(page.getByPlaceholder('Enter any login')).toBeVisible();
});
