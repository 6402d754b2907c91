import { apps, expect, person, test } from '../support/endings.ts';
import { expectGoodLooks } from '../support/looks.ts';
import { enterPassword, enterUsername, expectStep } from '../support/sign-in.ts';

test.describe.configure({ mode: 'default' });

for (const { button, stays } of [
  { button: 'Stay signed in', stays: true },
  { button: "Don't stay signed in", stays: false },
]) {
  test(`somebody who chose "${button}" ${stays ? 'is' : 'is not'} signed in when the browser opens again`, async ({
    page,
    there,
    anotherBrowser,
  }) => {
    const kim = person('kim.keeper');
    await there.open(page, apps.asksToStay);
    await enterUsername(page, kim.login);
    await enterPassword(page, kim.password);
    await expectStep(page, 'Keep me signed in');
    await expectGoodLooks(page);
    await page.getByRole('button', { name: button, exact: true }).click();
    await there.welcome(page);

    // A browser that is closed forgets the cookies without an end.
    const { cookies } = await page.context().storageState();
    const kept = cookies.filter(({ expires }) => expires > 0);
    const reopened = await anotherBrowser({ cookies: kept, origins: [] });
    await there.open(reopened, apps.asksToStay);
    if (stays) expect((await there.welcome(reopened)).preferred_username).toBe(kim.login);
    else await expectStep(reopened, 'Sign in');
  });
}
