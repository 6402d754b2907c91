import { onboarded } from '../support/people.ts';
import { signIn } from '../support/sign-in.ts';
import { expect, test } from '../support/test.ts';

for (const person of onboarded) {
  test(`${person.login} has been through onboarding`, async ({ page }) => {
    await signIn(page, person);
    await expect(page).toHaveURL(/\/onboarding/);
    await page.getByRole('button', { name: 'Save and continue' }).click();
    await page.getByRole('radio', { name: 'Home' }).check();
    await page.getByRole('button', { name: 'Finish' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Welcome back' })).toBeVisible();
  });
}
