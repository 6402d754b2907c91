import type { Page } from '@playwright/test';
import * as addresses from '../support/addresses.ts';
import { expectAccessibleInItsColours } from '../support/accessible.ts';
import { expectToFit } from '../support/looks.ts';
import type { Program } from '../support/program.ts';
import { expect, needsScript, test } from '../support/test.ts';
import { Newcomer, brand, demand, expectSignedIn, hostedPage, ownForms, passwords, startThreeWays, widget } from '../support/three-ways.ts';
import type { Way } from '../support/three-ways.ts';
import { Traffic } from '../support/traffic.ts';

const { app, org } = addresses.threeWays;

// One org for all of them, whose policy changes in between.
test.describe.configure({ mode: 'default' });

let program: Program;

test.beforeAll(async () => {
  program = await startThreeWays();
});

test.afterAll(async () => {
  await program.stop();
});

test.beforeEach(({ watch }) => {
  watch.expectOrigin(app);
  watch.expectOrigin(org);
});

/** A policy of the org for the app, who signs in under it, and what is asked on the way. */
interface Case {
  readonly policy: string;
  readonly accessPolicy: string;
  readonly who: string;
  /** What follows the name, on the org's page and in the widget alike. */
  readonly steps: (way: Way, page: Page, who: Newcomer) => Promise<void>;
  readonly by: string;
  /** The same by the app's own forms, as far as they reach. */
  readonly byForms: { readonly who: string; readonly steps: (page: Page, who: Newcomer) => Promise<void>; readonly by: string };
}

const cases: readonly Case[] = [
  {
    policy: 'a password and nothing else',
    accessPolicy: 'Password only',
    who: 'by.email',
    steps: (way, page, who) => way.givePassword(page, who),
    by: 'password',
    byForms: { who: 'by.email', steps: ownForms.giveNameAndPassword, by: 'password' },
  },
  {
    policy: 'any two factors',
    accessPolicy: 'Any two factors',
    who: 'by.email',
    steps: async (way, page, who) => {
      await way.choose(page, 'Password');
      await way.givePassword(page, who);
      await way.giveMailedCode(page, who);
    },
    by: 'password, one-time code, more than one factor',
    byForms: {
      who: 'by.phone',
      steps: async (page, who) => {
        await ownForms.giveNameAndPassword(page, who);
        await ownForms.giveTextedCode(page, who);
      },
      by: 'password, text message, more than one factor',
    },
  },
  {
    policy: 'any one factor',
    accessPolicy: 'One factor access',
    who: 'by.email',
    steps: async (way, page, who) => {
      await way.choose(page, 'Email');
      await way.giveMailedCode(page, who);
    },
    by: 'one-time code',
    byForms: {
      who: 'by.phone',
      steps: async (page, who) => {
        await ownForms.giveNameAlone(page, who);
        await ownForms.giveTextedCode(page, who);
      },
      by: 'text message',
    },
  },
  {
    policy: 'no password of those who have none',
    accessPolicy: 'One factor access',
    who: 'without.password',
    steps: (way, page, who) => way.giveMailedCode(page, who),
    by: 'one-time code',
    byForms: {
      who: 'without.password',
      steps: async (page, who) => {
        // A code by email is nothing that an app can ask for itself.
        await page.getByText('Sign in without a password').click();
        await expect(page.getByRole('radio')).toHaveCount(3);
        await expect(page.getByRole('radio', { name: /email/i })).toHaveCount(0);
        await ownForms.goToHostedPage(page);
        await expect(page).toHaveURL((url) => url.origin === org);
        await hostedPage.identify(page, who);
        await hostedPage.giveMailedCode(page, who);
      },
      by: 'one-time code',
    },
  },
];

for (const { policy, accessPolicy, who, steps, by, byForms } of cases) {
  test.describe(`where the org asks for ${policy}`, needsScript('the widget is one'), () => {
    test("the org's page does", async ({ page }) => {
      const person = await Newcomer.of(who);
      await hostedPage.open(page);
      // The page is there already when the policy changes.
      await demand(accessPolicy);
      await hostedPage.identify(page, person);
      await steps(hostedPage, page, person);
      await expectSignedIn(page, by);
    });

    test("the app's own forms do, or lead to who can", async ({ page }) => {
      const person = await Newcomer.of(byForms.who);
      await ownForms.open(page);
      await demand(accessPolicy);
      await byForms.steps(page, person);
      await expectSignedIn(page, byForms.by);
    });

    test('the widget does, and the page around it never sees a token', async ({ page }) => {
      const traffic = new Traffic(page, passwords);
      const person = await Newcomer.of(who);
      await page.setViewportSize({ width: 360, height: 740 });
      await widget.open(page);
      await demand(accessPolicy);
      await widget.identify(page, person);
      await steps(widget, page, person);
      await expect(page).toHaveURL((url) => url.pathname === '/onboarding');
      await traffic.expectNoTokens(page);
      await expectSignedIn(page, by);
    });
  });
}

/** As the browser tells it. */
const rgb = (color: string) => `rgb(${[1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16)).join(', ')})`;

// The widget begins anew where its colours change under it.
for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in a ${colorScheme} browser of a telephone`, needsScript('the widget is one'), () => {
    test.use({ colorScheme, viewport: { width: 360, height: 740 } });

    test("the widget wears the colours of the org's brand and can be read and answered by everybody", async ({ page, watch }) => {
      // A wrong password is answered so.
      watch.expectStatus(401);
      const bea = await Newcomer.of('by.email');
      const look = async () => {
        await expectToFit(page);
        await expectAccessibleInItsColours(page);
      };
      await demand('Any two factors');
      await widget.open(page);
      const next = page.getByRole('button', { name: 'Next' });
      await expect(next).toHaveCSS('background-color', rgb(brand.primary));
      await expect(next).toHaveCSS('color', rgb(brand.contrast));
      await look();
      await widget.identify(page, bea);
      await expect(page.getByRole('button', { name: /^Select Password/ })).toBeVisible();
      await look();
      await widget.choose(page, 'Password');
      await page.getByRole('textbox', { name: 'Password' }).fill('wrong');
      await page.getByRole('button', { name: 'Verify' }).click();
      await expect(page.getByRole('alert').filter({ hasText: 'Password is incorrect' }).first()).toBeVisible();
      await look();
      await widget.givePassword(page, bea);
      await page.getByRole('button', { name: /Enter a (verification )?code/ }).click();
      await expect(page.getByRole('textbox', { name: 'Enter code' })).toBeVisible();
      await look();
    });
  });
}
