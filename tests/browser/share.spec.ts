import { expect, test } from '@playwright/test';
import { download, editorReady, headline, open, paste } from './page.ts';

const mine =
  'apiVersion: v1\nkind: Service\nmetadata: {name: mine, namespace: here}\nspec: {ports: [{port: 80}]}\n';

test('a copied link shows the same text and call in a fresh browser, as a copy with a way back', async ({
  page,
  browser,
  baseURL,
}) => {
  await open(page);
  await page.getByRole('combobox', { name: 'URL' }).fill('https://eu.bookinfo.com/reviews/7?x=1');
  await expect(headline(page)).toHaveText('One in five requests fails');
  const text = (await download(page)).toString('utf8');
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('#');
  const link = await page.evaluate(() => navigator.clipboard.readText());

  const context = await browser.newContext({
    baseURL: baseURL ?? '',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const other = await context.newPage();
  await open(other);
  await paste(other, mine);
  await expect(other.getByRole('region', { name: 'YAML' })).toContainText('1 object');
  await other.waitForTimeout(1000);

  await other.goto(link);
  await expect(headline(other)).toHaveText('One in five requests fails');
  await expect(other.getByRole('combobox', { name: 'URL' })).toHaveValue(
    'https://eu.bookinfo.com/reviews/7?x=1',
  );
  expect((await download(other)).toString('utf8')).toBe(text);

  await other.reload();
  await expect(headline(other)).toHaveText('One in five requests fails');
  await other.getByRole('button', { name: /back to your/i }).click();
  await expect.poll(async () => (await download(other)).toString('utf8')).toBe(mine);
  await context.close();
});

test('a broken link says so and keeps the own work', async ({ page }) => {
  await open(page);
  await paste(page, mine);
  await page.waitForTimeout(1000);
  await page.goto('./#1broken_link_that_is_none');
  await page.reload();
  await expect(
    page
      .getByText(/link/i)
      .filter({ hasText: /broken|cannot be read|damaged|not be read/i })
      .first(),
  ).toBeVisible();
  await editorReady(page);
  expect((await download(page)).toString('utf8')).toBe(mine);
});

test('before a link leaves, private keys and tokens in the text are named', async ({ page }) => {
  await open(page);
  await paste(
    page,
    `${mine}---\napiVersion: v1\nkind: Secret\nmetadata: {name: cert}\nstringData:\n  tls.key: |\n    -----BEGIN PRIVATE KEY-----\n    MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7\n    -----END PRIVATE KEY-----\n`,
  );
  await expect(page.getByRole('region', { name: 'YAML' })).toContainText('2 objects');
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByRole('dialog')).toContainText(/private key/i);
  await expect(page.getByRole('dialog')).toContainText('cert');
});
