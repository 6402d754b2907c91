import { expectGoodLooks } from '../support/looks.ts';
import { Inbox } from '../support/inbox.ts';
import { person } from '../support/people.ts';
import { signIn } from '../support/sign-in.ts';
import { expect, needsScript, test } from '../support/test.ts';

const carla = person('campaign.admin');

test('an administrator makes a campaign, looks at the rows, sends, and sees who is stuck where', async ({ page }, { project }) => {
  const address = `rosa.${project.name}@campaign.example.com`;
  await signIn(page, carla);
  await page.goto('/campaigns');
  await expect(page.getByRole('heading', { level: 1, name: 'Campaigns' })).toBeVisible();
  await expectGoodLooks(page);

  await page.getByRole('link', { name: 'New campaign' }).click();
  await page.getByLabel('Name').fill(`Spring ${project.name}`);
  await page.getByLabel('Group').selectOption({ label: 'Newcomers' });
  await page.getByLabel('A passkey').check();
  await expectGoodLooks(page);
  await page.getByRole('button', { name: 'Make the campaign' }).click();
  await expect(page.locator('#outcome')).toContainText('The campaign is made');

  await page.getByLabel('CSV file').setInputFiles({
    name: 'people.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`\uFEFFVorname;Nachname;E-Mail\r\nRosa;Parks;${address}\r\nNo;Body;nowhere\r\n`),
  });
  await page.getByRole('button', { name: 'Look at the rows' }).click();
  await expect(page.getByText('1 row can be imported, 1 cannot.')).toBeVisible();
  const flaws = page.getByRole('region', { name: 'Rows that are left out' }).first();
  await expect(flaws.getByRole('row').nth(1)).toContainText('3EmailWrite a mail address');
  await expectGoodLooks(page);

  await page.getByRole('button', { name: 'Import 1 person' }).click();
  const send = page.getByRole('button', { name: 'Send 1 invitation' });
  // The page comes again by itself until the work is done.
  await expect(send).toBeVisible();
  const inbox = await Inbox.of(address);
  await send.click();
  expect((await inbox.next()).channel).toBe('EMAIL');
  await expect(page.getByRole('button', { name: 'Ask the org anew' })).toBeVisible();
  const funnel = page.getByRole('region', { name: 'How far people have come' });
  await expect(funnel.getByRole('row', { name: /^Invited/ })).toContainText('100 %');
  await page.getByLabel('Who is no further than').selectOption('invited');
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(page.getByRole('row', { name: /Rosa Parks/ })).toContainText(address);
  await expectGoodLooks(page);

  await page.getByRole('link', { name: 'Delete the campaign' }).click();
  await expect(page.getByText('stay at the org as they are')).toBeVisible();
  await page.getByRole('button', { name: 'Delete the campaign' }).click();
  await expect(page.locator('#outcome')).toContainText('The campaign is deleted');
});

test(
  'while a campaign works, what tells of it is renewed and nothing else',
  needsScript('without one the page is loaded anew'),
  async ({ page }) => {
    const rows = Array.from({ length: 400 }, (_, index) => `rina.${index}@renewed.example.com, Rina, Renewed`);
    await signIn(page, carla);
    await page.clock.install();
    await page.goto('/campaigns/new');
    await page.getByLabel('Name').fill('Renewed');
    await page.getByLabel('Group').selectOption({ label: 'Retailers' });
    await page.getByLabel('Invite link').check();
    await page.getByRole('button', { name: 'Make the campaign' }).click();
    await page.getByLabel('Or rows').fill(rows.join('\n'));
    await page.getByRole('button', { name: 'Look at the rows' }).click();
    await page.getByRole('button', { name: 'Import 400 people' }).click();

    const working = page.getByRole('region', { name: 'Bringing people to the org' });
    const progress = working.getByRole('progressbar');
    await expect(progress).toBeVisible();
    const first = await progress.getAttribute('value');
    await page.evaluate(() => Object.assign(window, { marker: 'still here' }));
    await working.getByRole('link', { name: 'Show how far it is' }).focus();
    await expect(async () => {
      await page.clock.fastForward(3_000);
      expect(await progress.getAttribute('value')).not.toBe(first);
    }).toPass();
    expect(await page.evaluate(() => (window as { marker?: string }).marker)).toBe('still here');
    await expect(working.getByRole('link', { name: 'Show how far it is' })).toBeFocused();
    await expect(async () => {
      await page.clock.fastForward(3_000);
      await expect(page.getByRole('button', { name: 'Make 400 links' })).toBeVisible({ timeout: 1_000 });
    }).toPass();
  },
);
