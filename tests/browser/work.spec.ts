import { expect, test } from '@playwright/test';
import { cursorAfter, download, editor, headline, open, paste, trace } from './page.ts';

const shop = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: shop
  namespace: edge
spec:
  selector:
    app: edge
  servers:
    - port:
        number: 80
        name: http
        protocol: HTTP
      hosts:
        - shop.example.com
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: shop
  namespace: edge
spec:
  hosts:
    - shop.example.com
  gateways:
    - shop
  http:
    - route:
        - destination:
            host: shop
`;

test('one undo takes back one change, whatever made it', async ({ page }) => {
  await open(page);
  const before = await download(page);
  await cursorAfter(page, 'name: bookinfo-rule');
  await page.keyboard.type(' # note');
  await page.getByRole('button', { name: 'Write port 9080' }).click();
  await expect(trace(page)).toContainText('forwarded to reviews.qa');
  await editor(page).locator('.view-lines').click();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(headline(page)).toHaveText('One in five requests fails');
  await page.keyboard.press('ControlOrMeta+z');
  expect(await download(page)).toEqual(before);
  await page.keyboard.press('ControlOrMeta+Shift+z');
  await page.keyboard.press('ControlOrMeta+Shift+z');
  await expect(trace(page)).toContainText('forwarded to reviews.qa');
  expect((await download(page)).toString()).toContain('bookinfo-rule # note');
});

test('a request that meets nothing in a new text gives way to one that does, and comes back', async ({
  page,
}) => {
  await open(page);
  await paste(page, shop);
  await expect(page.getByText('The request met nothing in this text')).toBeVisible();
  await expect(headline(page)).toContainText('Forwarded, if shop.edge exists');
  await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
  await expect(headline(page)).not.toContainText('Forwarded');
});

test('examples and earlier work are found by their words, and one undo brings the text back', async ({
  page,
  context,
}) => {
  await open(page);
  await cursorAfter(page, 'name: bookinfo-rule');
  await page.keyboard.type(' # mine');
  const before = await download(page);
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('prefix /foo');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'prefix-is-raw example' })).toBeVisible();
  await expect(trace(page)).toContainText('/foobar');
  await page.getByRole('button', { name: 'Undo: Open example prefix-is-raw' }).click();
  expect(await download(page)).toEqual(before);
  await expect(headline(page)).toHaveText('One in five requests fails');

  const second = await context.newPage();
  await open(second);
  await second.getByRole('banner').getByRole('button', { name: 'bookinfo' }).click();
  await second.getByRole('menuitem', { name: 'Earlier work…' }).click();
  await second
    .getByRole('dialog')
    .getByRole('button', { name: /^bookinfo .*open in another tab/ })
    .click();
  await expect.poll(async () => (await download(second)).toString()).toContain('# mine');
});

test('a pasted command for curl is the request, line ends and all', async ({ page }) => {
  await open(page);
  const command = `curl -sI -H "cookie: user=dev-123" \\\n  --resolve uk.bookinfo.com:443:$GW_IP \\\n  https://uk.bookinfo.com/reviews/7`;
  await page.evaluate((text) => navigator.clipboard.writeText(text), command);
  await page.getByRole('combobox', { name: 'URL' }).click();
  await page.keyboard.press('ControlOrMeta+V');
  await expect(page.getByRole('combobox', { name: 'URL' })).toHaveValue('https://uk.bookinfo.com/reviews/7');
  await expect(page.getByRole('button', { name: /^Method HEAD/ })).toBeVisible();
  await expect(trace(page)).toContainText('user=dev-123');
});
