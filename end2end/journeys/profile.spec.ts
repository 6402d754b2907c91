import { expectAccessible } from '../support/accessible.ts';
import { jane, person } from '../support/people.ts';
import { signIn } from '../support/sign-in.ts';
import { expect, test } from '../support/test.ts';

test('the profile says in words who the org says you are', async ({ page }) => {
  await signIn(page, jane);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Profile' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Your profile' })).toBeVisible();

  await expect(page.getByRole('main')).toMatchAriaSnapshot(`
    - heading "Your profile" [level=1]
    - region "You":
      - term: Name
      - definition: Jane Active
      - term: Email
      - definition: jane.active@example.com
      - term: Groups
      - definition:
        - list:
          - listitem: Everyone
          - listitem: Portico users
          - listitem: Retailers
    - region "This sign-in":
      - term: You proved who you are
      - definition:
        - time
      - term: By
      - definition: password
  `);
  await expectAccessible(page);
});

test('the first HTML already holds the name', async ({ page }) => {
  await signIn(page, jane);
  for (const path of ['/', '/profile']) {
    const answer = await page.request.get(path);
    expect(answer.status()).toBe(200);
    expect(await answer.text(), path).toContain(jane.name);
    expect(answer.headers()['cache-control'], path).toContain('no-store');
  }
});

test('a name made of markup is shown as the text it is', async ({ page }) => {
  const marked = person('marked.up');
  let dialogs = 0;
  page.on('dialog', async (dialog) => {
    dialogs += 1;
    await dialog.dismiss();
  });
  await signIn(page, marked);
  for (const path of ['/', '/profile', '/tokens', '/security', '/onboarding', '/sign-out']) {
    await page.goto(path);
    await expect(page.getByRole('banner')).toContainText(marked.name);
    await expect(page.getByRole('img')).toHaveCount(0);
  }
  expect(dialogs).toBe(0);
});
