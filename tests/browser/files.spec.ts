import { expect, test, type Page } from '@playwright/test';
import { download, editorReady, headline, open, paste, undo } from './page.ts';

const gateway = (newline: string, last = newline) =>
  [
    'apiVersion: networking.istio.io/v1',
    'kind: Gateway',
    'metadata: {name: g, namespace: n}',
    'spec:',
    '  servers: []   # none yet',
  ].join(newline) + last;

const files: readonly (readonly [string, string])[] = [
  ['LF', gateway('\n')],
  ['CRLF', gateway('\r\n')],
  ['CRLF without a last newline', gateway('\r\n', '')],
  ['LF with a byte-order mark', `\uFEFF${gateway('\n')}`],
  ['tabs and trailing spaces', `${gateway('\n')}# a\tb  \n\n\n`],
];

for (const [name, text] of files) {
  test(`a file with ${name} is downloaded as it was opened, and keeps its kind when edited`, async ({
    page,
  }) => {
    await open(page);
    await editorReady(page);
    await openFile(page, text);
    await expect(page.getByRole('region', { name: 'YAML' })).toContainText('1 object');
    expect((await download(page)).toString('utf8')).toBe(text);

    await page.locator('.monaco-editor .view-lines').first().click();
    await page.keyboard.press('ControlOrMeta+Home');
    await page.keyboard.type('# hello');
    await page.keyboard.press('Enter');
    const newline = text.includes('\r\n') ? '\r\n' : '\n';
    const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
    await expect
      .poll(async () => (await download(page)).toString('utf8'))
      .toBe(`${mark}# hello${newline}${text.slice(mark.length)}`);
  });
}

test('of mixed line ends the page says what becomes of them, before anything does', async ({ page }) => {
  await open(page);
  const mixed = 'apiVersion: v1\r\nkind: Service\nmetadata: {name: a}\r\n';
  await openFile(page, mixed);
  await expect(page.getByText(/line ends/i).first()).toBeVisible();
  expect((await download(page)).toString('utf8')).toBe(mixed);
});

test('work survives a reload, and a second tab overwrites nothing', async ({ page, context }) => {
  await open(page);
  await paste(page, gateway('\n'));
  await expect(page.getByRole('region', { name: 'YAML' })).toContainText('1 object');
  await page.waitForTimeout(1000);
  const second = await context.newPage();
  await open(second);
  await paste(second, '# the other tab\n');
  await second.waitForTimeout(1000);
  await page.reload();
  await expect(headline(page)).toBeVisible();
  expect((await download(page)).toString('utf8')).toBe(gateway('\n'));
  await second.reload();
  await expect(headline(second)).toBeVisible();
  expect((await download(second)).toString('utf8')).toBe('# the other tab\n');
});

test('replacing the text is one undo', async ({ page }) => {
  await open(page);
  await editorReady(page);
  const before = (await download(page)).toString('utf8');
  await page.getByRole('button', { name: 'Examples' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button')
    .filter({ hasText: /weights/i })
    .first()
    .click();
  await expect.poll(async () => (await download(page)).toString('utf8')).not.toBe(before);
  await undo(page).click();
  expect((await download(page)).toString('utf8')).toBe(before);
});

async function openFile(page: Page, text: string): Promise<void> {
  await page
    .getByRole('banner')
    .getByRole('button', { name: /^bookinfo/ })
    .click();
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('menuitem', { name: /Open/ }).click(),
  ]);
  await chooser.setFiles({ name: 'mine.yaml', mimeType: 'text/yaml', buffer: Buffer.from(text) });
}
