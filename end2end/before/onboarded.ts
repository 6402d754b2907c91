import { passOnboarding } from '../support/onboarding.ts';
import { onboarded } from '../support/people.ts';
import { signIn } from '../support/sign-in.ts';
import { expect, test } from '../support/test.ts';

for (const person of onboarded) {
  test(`${person.login} has been through onboarding`, async ({ page }) => {
    await signIn(page, person);
    await expect(page).toHaveURL(/\/onboarding/);
    await passOnboarding(page);
    await expect(page.getByRole('heading', { level: 1, name: 'Welcome back' })).toBeVisible();
  });
}
