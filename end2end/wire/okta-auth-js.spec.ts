import { OktaAuth } from '@okta/okta-auth-js';
import type { IdxTransaction, OktaAuthOptions } from '@okta/okta-auth-js';
import { expect, test } from '@playwright/test';
import { EmbeddedOrg, apps, person } from '../support/embedded.ts';

// One org for all of them.
test.describe.configure({ mode: 'default' });

let org: EmbeddedOrg;

test.beforeAll(async () => {
  org = await EmbeddedOrg.start('sdk');
});

test.afterAll(async () => {
  await org.stop();
});

/** Okta's SDK as an app without a browser uses it; what it remembers of a transaction is of this app alone. */
function sdk(clientId: string, options: { idx?: object } = {}): OktaAuth {
  const memory = new Map<string, string>();
  const storageProvider = {
    getItem: (key: string) => memory.get(key) ?? null,
    setItem: (key: string, value: string) => void memory.set(key, value),
    removeItem: (key: string) => void memory.delete(key),
  };
  return new OktaAuth({
    issuer: org.issuer,
    clientId,
    redirectUri: org.redirectUri,
    scopes: ['openid', 'profile', 'email'],
    pkce: true,
    storageManager: {
      transaction: { storageProvider },
      'shared-transaction': { storageProvider },
      'idx-response': { storageProvider },
      'original-uri': { storageProvider },
    },
    ...options,
  } as OktaAuthOptions);
}

/** The same, answering what it can by itself. */
const remediating = (clientId: string) => sdk(clientId, { idx: { enableLegacyMode: true } });

/** The person is signed in, and the SDK has verified the ID token. */
function expectSignedIn(transaction: IdxTransaction, login: string): void {
  expect(transaction.messages ?? []).toEqual([]);
  expect(transaction.status).toBe('SUCCESS');
  expect(transaction.tokens?.idToken?.claims).toMatchObject({ iss: org.issuer, preferred_username: login });
  expect(transaction.tokens?.accessToken?.scopes).toEqual(['openid', 'profile', 'email']);
}

/** The next step is this one, and nothing is to be said. */
function expectPending({ status, nextStep, messages }: IdxTransaction, step: string): void {
  expect([status, nextStep?.name, messages ?? []]).toEqual(['PENDING', step, []]);
}

test('idx.start shows the first step and what the org can do', async () => {
  const transaction = await sdk(apps.passwordOnly).idx.start();
  expect(transaction.status).toBe('PENDING');
  expect(transaction.enabledFeatures).toContain('enroll-profile');
  expect(transaction.availableSteps?.map(({ name }) => name)).toContain('identify');
  expect(transaction.neededToProceed.map(({ name }) => name)).toContain('identify');
});

test('idx.authenticate signs in with username and password at once', async () => {
  const { username, password } = person('signer');
  expectSignedIn(await remediating(apps.passwordOnly).idx.authenticate({ username, password }), username);
});

test('idx.proceed goes step by step', async () => {
  const { username, password } = person('stepper');
  const auth = sdk(apps.passwordOnly);
  await auth.idx.start();
  const asked = await auth.idx.proceed({ step: 'identify', username });
  expectPending(asked, 'challenge-authenticator');
  const answer = { step: 'challenge-authenticator', credentials: { passcode: password } };
  expectSignedIn(await auth.idx.proceed(answer), username);
});

test('a wrong password is said, and the right one is taken in the same transaction', async () => {
  const { username, password } = person('mistaker');
  const auth = remediating(apps.passwordOnly);
  const wrong = await auth.idx.authenticate({ username, password: 'wrong' });
  expect(wrong.status).toBe('PENDING');
  expect(wrong.messages).toMatchObject([{ class: 'ERROR', i18n: { key: 'incorrectPassword' } }]);
  expectSignedIn(await auth.idx.proceed({ password }), username);
});

test('idx.cancel ends the transaction, and another can begin', async () => {
  const { username, password } = person('canceller');
  const auth = remediating(apps.passwordOnly);
  await auth.idx.authenticate({ username });
  expect((await auth.idx.cancel()).status).toBe('CANCELED');
  expect(auth.transactionManager.exists()).toBe(false);
  expectSignedIn(await auth.idx.authenticate({ username, password }), username);
});

test('idx.register makes an account whose address is proved by a code', async () => {
  const email = 'registered@example.com';
  const after = await org.lastMessage();
  const auth = remediating(apps.passwordOnly);
  const asked = await auth.idx.register({ firstName: 'Rita', lastName: 'Registered', email });
  expectPending(asked, 'enroll-authenticator');
  let next = await auth.idx.proceed({ verificationCode: await org.codeSentTo(email, after) });
  expect(next.nextStep?.name).toBe('select-authenticator-enroll');
  next = await auth.idx.proceed({ authenticator: 'okta_password' });
  expectPending(next, 'enroll-authenticator');
  next = await auth.idx.proceed({ password: 'tidal-kestrel-77-Harbor' });
  if (next.nextStep?.canSkip) next = await auth.idx.proceed({ skip: true });
  expectSignedIn(next, email);
});

test('idx.recoverPassword sets a new password after a code by email', async () => {
  const { username } = person('forgetter');
  const after = await org.lastMessage();
  const auth = remediating(apps.passwordOnly);
  let next = await auth.idx.recoverPassword({ username, authenticators: ['okta_email'] });
  expect(next.status).toBe('PENDING');
  next = await auth.idx.proceed({ verificationCode: await org.codeSentTo(username, after) });
  expectPending(next, 'reset-authenticator');
  expectSignedIn(await auth.idx.proceed({ password: 'rapid-kestrel-78-Harbor' }), username);
});

test('a code by email is the second factor', async () => {
  const { username, password } = person('mailer');
  const after = await org.lastMessage();
  const auth = remediating(apps.twoFactors);
  const next = await auth.idx.authenticate({ username, password });
  expect(next.nextStep).toMatchObject({ name: 'challenge-authenticator', canResend: true });
  const wrong = await auth.idx.proceed({ verificationCode: '000000' });
  expect(wrong.messages).toMatchObject([{ i18n: { key: 'api.authn.error.PASSCODE_INVALID' } }]);
  const verificationCode = await org.codeSentTo(username, after);
  expectSignedIn(await auth.idx.proceed({ verificationCode }), username);
});

test('the link in an email shows the code, which an app that got it in its address takes from there', async () => {
  const { username, password } = person('follower');
  const after = await org.lastMessage();
  const auth = remediating(apps.twoFactors);
  await auth.idx.authenticate({ username, password });
  const otp = await org.codeSentTo(username, after);
  expect(await org.codeBehindLinkTo(username, after)).toBe(otp);

  const { state } = auth.transactionManager.load() as { state: string };
  const elsewhere = sdk(apps.twoFactors).idx.handleEmailVerifyCallback(`?state=${state}&otp=${otp}`);
  await expect(elsewhere, 'another browser cannot go on').rejects.toThrow(otp);
  const search = `?${new URLSearchParams({ state, otp })}`;
  expect(auth.idx.isEmailVerifyCallback(search)).toBe(true);
  const transaction = await auth.idx.handleEmailVerifyCallback(search);
  expectSignedIn(transaction as IdxTransaction, username);
});

test('a code of an authenticator app is the second factor', async () => {
  const { username, password } = person('timer');
  const auth = remediating(apps.twoFactors);
  let next = await auth.idx.authenticate({ username, password });
  expectPending(next, 'select-authenticator-authenticate');
  next = await auth.idx.proceed({ authenticator: 'google_otp' });
  expectPending(next, 'challenge-authenticator');
  expectSignedIn(await auth.idx.proceed({ verificationCode: await org.codeShownTo(username) }), username);
});

for (const methodType of ['sms', 'voice']) {
  test(`a code by telephone (${methodType}) is the second factor`, async () => {
    const { username, password } = person('caller');
    const after = await org.lastMessage();
    const auth = remediating(apps.twoFactors);
    let next = await auth.idx.authenticate({ username, password });
    expectPending(next, 'select-authenticator-authenticate');
    next = await auth.idx.proceed({ authenticator: 'phone_number' });
    expectPending(next, 'authenticator-verification-data');
    next = await auth.idx.proceed({ methodType });
    expectPending(next, 'challenge-authenticator');
    const verificationCode = await org.codeSentTo('+15550100301', after);
    expectSignedIn(await auth.idx.proceed({ verificationCode }), username);
  });
}

test('an interaction is where it was after a reload, and an unknown app hears why it has none', async () => {
  const { username, password } = person('seeker');
  const auth = sdk(apps.passwordOnly);
  await auth.idx.start();
  const asked = await auth.idx.proceed({ step: 'identify', username });
  const { stateHandle } = asked.context as unknown as { stateHandle: string };
  const reloaded = await sdk(apps.passwordOnly).idx.startTransaction({ stateHandle });
  expect(reloaded.neededToProceed.map(({ name }) => name)).toContain('challenge-authenticator');
  const answer = { step: 'challenge-authenticator', credentials: { passcode: password } };
  expectSignedIn(await auth.idx.proceed(answer), username);

  await expect(sdk('0oaNobody00000000000').idx.start()).rejects.toMatchObject({ errorCode: 'invalid_client' });
});
