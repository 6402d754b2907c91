import type { CDPSession, Page } from '@playwright/test';
import { expectGoodLooks } from '../support/looks.ts';
import { apps, expect, needsScript, test } from '../support/org-app.ts';
import { person } from '../support/people.ts';
import { choose, enterCredentials, enterUsername, expectStep } from '../support/sign-in.ts';

/** A device that keeps passkeys, and that its owner unlocks with a finger. */
class Device {
  readonly #session: CDPSession;
  readonly #authenticatorId: string;

  private constructor(session: CDPSession, authenticatorId: string) {
    this.#session = session;
    this.#authenticatorId = authenticatorId;
  }

  static async of(page: Page): Promise<Device> {
    const session = await page.context().newCDPSession(page);
    await session.send('WebAuthn.enable');
    const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: false,
      },
    });
    return new Device(session, authenticatorId);
  }

  /** Whether somebody who is asked touches the device at once. */
  async isTouched(enabled: boolean): Promise<void> {
    await this.#session.send('WebAuthn.setAutomaticPresenceSimulation', this.#with({ enabled }));
  }

  /** Whether it is the owner's finger. */
  async isOwner(isUserVerified: boolean): Promise<void> {
    await this.#session.send('WebAuthn.setUserVerified', this.#with({ isUserVerified }));
  }

  #with<T>(more: T): T & { authenticatorId: string } {
    return { authenticatorId: this.#authenticatorId, ...more };
  }
}

test('a passkey is set up at a sign-in, and replaces everything else from then on', needsScript('passkeys are a matter of scripts'), async ({ page, app }) => {
  test.slow();
  const petra = person('passkey.chromium');
  const device = await Device.of(page);

  await test.step('it is set up', async () => {
    await app.open(page, apps.passwordOnly);
    await enterCredentials(page, petra);
    await expectStep(page, 'Set up security methods');
    await expectGoodLooks(page);
    await choose(page, 'Passkeys');
    await expectStep(page, 'Set up a passkey');
    await expectGoodLooks(page);
    await device.isTouched(true);
    await page.getByRole('button', { name: 'Set up', exact: true }).click();
    await app.welcome(page);
  });

  await test.step('it is offered in the field for the username, and is two factors at once', async () => {
    await page.context().clearCookies();
    await app.open(page, apps.twoFactors);
    const claims = await app.welcome(page);
    expect(claims.preferred_username).toBe(petra.login);
    expect(claims.amr).toContain('hwk');
  });

  await test.step('it is used after the username, by its owner alone', async () => {
    await page.context().clearCookies();
    await device.isTouched(false);
    await app.open(page, apps.twoFactors);
    await expect(page.getByLabel('Username')).toHaveAttribute('autocomplete', 'username webauthn');
    await enterUsername(page, petra.login);
    await choose(page, 'Passkeys');
    await expectStep(page, 'Verify with a passkey');
    await expectGoodLooks(page);
    await device.isOwner(false);
    await device.isTouched(true);
    await page.getByRole('button', { name: 'Verify' }).click();
    await expect(page.getByRole('alert')).toHaveText('No passkey was used. Try again, or choose another method.');
    await expectGoodLooks(page);
    await device.isOwner(true);
    await page.getByRole('button', { name: 'Verify' }).click();
    expect((await app.welcome(page)).preferred_username).toBe(petra.login);
  });

  await test.step('a browser that offers none in the field has a button', async () => {
    await page.context().clearCookies();
    await page.addInitScript(() => {
      PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false);
    });
    await app.open(page, apps.twoFactors);
    const button = page.getByRole('button', { name: 'Sign in with a passkey' });
    await expect(button).toBeVisible();
    await expectGoodLooks(page);
    await button.click();
    expect((await app.welcome(page)).preferred_username).toBe(petra.login);
  });
});
