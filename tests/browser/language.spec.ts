import { expect, test } from '@playwright/test';
import { cursorAfter, editor, open } from './page.ts';

test('completion offers the fields of the schema: httpsRedirect under servers[].tls', async ({ page }) => {
  await open(page);
  await cursorAfter(page, 'credentialName: bookinfo-secret');
  await page.keyboard.press('Enter');
  await page.keyboard.type('httpsR');
  const widget = page.locator('.suggest-widget');
  await expect(widget.getByText('httpsRedirect').first()).toBeVisible();
  await page.keyboard.press('Escape');
});

test('completion offers the names of the pasted gateways under gateways', async ({ page }) => {
  await open(page);
  await cursorAfter(page, '- mesh');
  await page.keyboard.press('Enter');
  await page.keyboard.type('- ');
  await page.keyboard.press('ControlOrMeta+Space');
  await expect(
    page.locator('.suggest-widget').getByText('some-config-namespace/my-gateway').first(),
  ).toBeVisible();
});

test('a hover shows what a field means', async ({ page }) => {
  await open(page);
  await cursorAfter(page, 'httpsRedirect');
  await editor(page)
    .locator('.view-line')
    .filter({ hasText: 'httpsRedirect' })
    .first()
    .getByText('httpsRedirect')
    .hover();
  await expect(page.locator('.monaco-hover').filter({ hasText: /301/ }).first()).toBeVisible();
});

test('an unknown field is marked, with the nearest name', async ({ page }) => {
  await open(page);
  await cursorAfter(page, 'credentialName');
  await page.keyboard.type('s2');
  await expect(page.getByRole('region', { name: 'Problems' })).toContainText(/credentialName/);
});
