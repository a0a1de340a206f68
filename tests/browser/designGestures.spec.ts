import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { cursorAfter, download, graph, headline, open } from './page.ts';

const dialog = (page: Page): Locator => page.getByRole('dialog');
const form = (page: Page): Locator => page.getByRole('tabpanel', { name: 'Form' });
const text = async (page: Page): Promise<string> => (await download(page)).toString('utf8');
const row = (page: Page, name: RegExp): Locator => graph(page).getByRole('button', { name });
const showForm = (page: Page): Promise<void> => page.getByRole('tab', { name: 'Form' }).click();
const undo = (page: Page): Promise<void> => page.getByRole('button', { name: /^Undo/ }).first().click();

test('a slider moves the other weight along, the trace follows, and one undo takes all of it back', async ({
  page,
}) => {
  await open(page);
  const before = await text(page);
  await row(page, /^2 path prefix/).click();
  await showForm(page);
  const weight = form(page).getByLabel('Weight of reviews.qa', { exact: true });
  await expect(weight).toHaveValue('20');
  await weight.focus();
  for (let step = 0; step < 5; step += 1) await page.keyboard.press('ArrowRight');
  await expect(form(page).getByLabel('Weight of reviews.prod', { exact: true })).toHaveValue('75');
  await expect(headline(page)).toContainText('One in four requests fails');
  await expect(form(page).getByLabel('What the form wrote')).toContainText('weight: 75');
  const after = before.replace('weight: 80', 'weight: 75').replace('weight: 20', 'weight: 25');
  await expect.poll(() => text(page)).toBe(after);
  await page.keyboard.press('ControlOrMeta+Z');
  await expect.poll(() => text(page)).toBe(before);
});

test('a field is written while it is typed, and is one step of undo', async ({ page }) => {
  await open(page);
  const before = await text(page);
  await row(page, /^2 path prefix/).click();
  await showForm(page);
  const path = form(page).getByLabel('Value of Path');
  await path.fill('/rev');
  await path.pressSequentially('iews');
  await expect(form(page)).toContainText('it matches');
  await expect.poll(() => text(page)).toBe(before.replace('prefix: /reviews/', 'prefix: /reviews'));
  await path.press('ControlOrMeta+Z');
  await expect.poll(() => text(page)).toBe(before);
  await expect(path).toHaveValue('/reviews/');
});

test('a regular expression is tried as RE2, on the whole of what the call has', async ({ page }) => {
  await open(page);
  await row(page, /^2 path prefix/).click();
  await showForm(page);
  await form(page).getByLabel('How Path is compared').selectOption('regex');
  const pattern = form(page).getByLabel('Value of Path');
  await pattern.fill('/reviews');
  await expect(form(page)).toContainText('it does not match; the whole of it must');
  await pattern.fill('/reviews/\\d+');
  await expect(form(page)).toContainText('it matches');
  await pattern.fill('(?!admin).*');
  await expect(form(page)).toContainText('RE2 refuses it');
});

test('what the form cannot express stays YAML in its place', async ({ page }) => {
  await open(page);
  await page.getByRole('tab', { name: 'Form' }).click();
  await row(page, /^2 path prefix/).click();
  const before = await text(page);
  await page.getByRole('tab', { name: 'YAML' }).click();
  await page.getByRole('tab', { name: 'Form' }).click();
  await form(page).getByRole('button', { name: 'Add field' }).last().click();
  await page.getByRole('menuitem', { name: /^timeout/ }).click();
  await form(page).getByLabel('timeout', { exact: true }).fill('3s');
  await expect.poll(() => text(page)).toBe(before.replace('weight: 20\n', 'weight: 20\n      timeout: 3s\n'));
});

test('a rule moves with the keys in the graph, and the undo button takes it back', async ({ page }) => {
  await open(page);
  const before = await text(page);
  await row(page, /^2 path prefix/).click();
  await page.keyboard.press('Alt+ArrowUp');
  await expect(row(page, /^1 path prefix/)).toBeVisible();
  await expect(page.locator('.toast')).toContainText('Move rule 2 of bookinfo-rule');
  await undo(page);
  await expect.poll(() => text(page)).toBe(before);
});

test('a rule is dragged to another place', async ({ page }) => {
  await open(page);
  await row(page, /^2 path prefix/).dragTo(row(page, /^1 header cookie/));
  await expect(row(page, /^1 path prefix/)).toBeVisible();
});

test('a line from a rule to a service adds a destination, and shows it first', async ({ page }) => {
  await open(page);
  const before = await text(page);
  await row(page, /^1 header cookie/).hover();
  const grab = graph(page).getByRole('button', { name: 'Connect rule 1 of bookinfo-rule' });
  const from = await grab.boundingBox();
  const to = await graph(page)
    .getByRole('button', { name: /^mongo/ })
    .boundingBox();
  if (from === null || to === null) throw new Error('not drawn');
  await page.mouse.move(from.x + 9, from.y + 9);
  await page.mouse.down();
  await page.mouse.move(to.x + 30, to.y + 12, { steps: 6 });
  await page.mouse.up();
  await expect(dialog(page)).toContainText('mongo.prod.svc.cluster.local');
  await expect(dialog(page)).toContainText('weight: 90');
  await dialog(page).getByRole('button', { name: 'Apply the edit' }).click();
  await expect.poll(() => text(page)).toContain('host: mongo.prod.svc.cluster.local\n          weight: 10');
  await undo(page);
  await expect.poll(() => text(page)).toBe(before);
});

test('a line that makes no sense is refused with the reason', async ({ page }) => {
  await open(page);
  const before = await text(page);
  await row(page, /^:80 HTTP/).hover();
  const grab = graph(page).getByRole('button', { name: 'Connect server 1 of my-gateway' });
  const from = await grab.boundingBox();
  const to = await graph(page)
    .getByRole('button', { name: /^mongo/ })
    .boundingBox();
  if (from === null || to === null) throw new Error('not drawn');
  await page.mouse.move(from.x + 9, from.y + 9);
  await page.mouse.down();
  await page.mouse.move(to.x + 30, to.y + 12, { steps: 6 });
  await page.mouse.up();
  await expect(page.locator('.toast')).toContainText('A gateway only listens');
  expect(await text(page)).toBe(before);
});

test('deleting a gateway shows what hangs on it, and what becomes of the request', async ({ page }) => {
  await open(page);
  const before = await text(page);
  await graph(page)
    .getByRole('button', { name: /^my-gateway/ })
    .click({ button: 'right' });
  await page.getByRole('menuitem', { name: /Delete/ }).click();
  await expect(dialog(page)).toContainText('will name something that is gone');
  await dialog(page).getByRole('radio', { name: 'With what hangs on it' }).click();
  await expect(dialog(page)).toContainText('2 places go too');
  await expect(dialog(page)).toContainText('Nothing listens on port 443');
  await dialog(page).getByRole('button', { name: 'Delete' }).click();
  await expect(graph(page).getByRole('button', { name: /^my-gateway/ })).toHaveCount(0);
  await undo(page);
  await expect.poll(() => text(page)).toBe(before);
});

test('the tree has the same commands', async ({ page }) => {
  await open(page);
  await page.getByRole('tab', { name: 'Tree' }).click();
  const item = page.getByRole('treeitem').filter({ hasText: 'bookinfo-rule' }).first();
  await item.click();
  await item.press('F2');
  await dialog(page).getByLabel('New name').fill('reviews-rule');
  await expect(dialog(page).getByRole('button', { name: 'Apply the edit' })).toBeEnabled();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('treeitem').filter({ hasText: 'reviews-rule' }).first()).toBeVisible();
});

test('a rule moves in the tree, with its comment, and again from where it came to', async ({ page }) => {
  await open(page);
  const before = await text(page);
  await page.getByRole('tab', { name: 'Tree' }).click();
  const item = page.getByRole('treeitem').filter({ hasText: 'user=dev-123' }).first();
  await item.click();
  await item.press('Alt+ArrowDown');
  await expect(page.locator('.toast')).toContainText('Move rule 1 of bookinfo-rule to place 2');
  await page.getByRole('tree').press('Alt+ArrowUp');
  await expect.poll(() => text(page)).toBe(before);
});

test('a host is renamed wherever it stands', async ({ page }) => {
  await open(page);
  const before = await text(page);
  await row(page, /^:443 HTTPS/).click();
  await showForm(page);
  await form(page).getByRole('button', { name: 'Rename uk.bookinfo.com everywhere' }).click();
  await dialog(page).getByLabel('New name').fill('gb.bookinfo.com');
  await expect(dialog(page)).toContainText('2 places follow');
  await expect(dialog(page)).toContainText(/Then:/);
  await dialog(page).getByRole('button', { name: 'Apply the edit' }).click();
  await expect.poll(() => text(page)).toBe(before.replaceAll('uk.bookinfo.com', 'gb.bookinfo.com'));
});

test('what is wrong with a field is said under it', async ({ page }) => {
  await open(page);
  await row(page, /^:443 HTTPS/).click();
  await showForm(page);
  const host = form(page).getByLabel('host 1', { exact: true });
  await host.fill('shop/');
  await expect(form(page).locator('.form-row').first().locator('.remark.fail').first()).toBeVisible();
  await expect(host).toHaveAttribute('aria-invalid', 'true');
});

test('changes of headers are one table', async ({ page }) => {
  await open(page);
  const before = await text(page);
  await row(page, /^2 path prefix/).click();
  await showForm(page);
  await form(page).getByRole('button', { name: 'Add field' }).last().click();
  await page.getByRole('menuitem', { name: /^headers\b/ }).click();
  await expect(dialog(page)).toHaveCount(0);
  const table = form(page).getByRole('group', { name: 'request', exact: true });
  await table.getByRole('button', { name: 'Add header' }).click();
  await table.getByLabel('Name', { exact: true }).fill('x-team');
  await page.keyboard.press('Enter');
  await table.getByLabel('Value of header x-team').fill('shop');
  await expect
    .poll(() => text(page))
    .toContain('set:\n            x-header: value\n            x-team: shop\n');
  await table.getByRole('button', { name: 'Remove header x-header' }).click();
  await table.getByLabel('What is done with x-team').selectOption('add');
  await expect
    .poll(() => text(page))
    .toBe(
      before.replace(
        'weight: 20\n',
        'weight: 20\n      headers:\n        request:\n          add:\n            x-team: shop\n',
      ),
    );
});

test('an unknown field is YAML in its place, and is written as it is typed', async ({ page }) => {
  await open(page);
  await row(page, /^2 path prefix/).click();
  await showForm(page);
  await form(page).getByRole('button', { name: 'Add field' }).last().click();
  await page.getByRole('menuitem', { name: /^mirror\b/ }).click();
  await form(page).getByRole('group', { name: 'mirror' }).getByLabel('host', { exact: true }).fill('shadow');
  await expect.poll(() => text(page)).toContain('mirror:\n        host: shadow\n');
  await page.getByRole('tab', { name: 'YAML' }).click();
  await cursorAfter(page, 'host: shadow');
  await page.keyboard.press('Enter');
  await page.keyboard.type('x-team: {name: qa}');
  await page.getByRole('tab', { name: 'Form' }).click();
  const yaml = form(page).getByLabel('x-team', { exact: true });
  await expect(yaml).toHaveValue('{name: qa}');
  await yaml.fill('name: qa # theirs\nshift: night');
  await form(page).getByRole('button', { name: 'Write it' }).click();
  await expect(dialog(page)).toContainText('shift: night');
  await dialog(page).getByRole('button', { name: 'Apply the edit' }).click();
  await expect
    .poll(() => text(page))
    .toContain('x-team:\n          name: qa # theirs\n          shift: night\n');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious in form and dialog, ${colorScheme}`, async ({ browser, baseURL }) => {
    const context = await browser.newContext({
      colorScheme,
      reducedMotion: 'reduce',
      baseURL: baseURL ?? '',
    });
    const page = await context.newPage();
    await open(page);
    await row(page, /^:443 HTTPS/).click();
    await showForm(page);
    await expect(form(page).getByLabel('number')).toHaveValue('443');
    const serious = async () =>
      (await new AxeBuilder({ page }).exclude('.monaco-editor').analyze()).violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => [id, nodes.map((node) => node.html)]);
    expect(await serious()).toEqual([]);
    await row(page, /^2 path prefix/).click();
    await expect(form(page).getByLabel('Value of Path')).toBeVisible();
    expect(await serious()).toEqual([]);
    await form(page).getByRole('button', { name: 'Add destination' }).click();
    await expect(dialog(page).getByText(/current request ends|Then:/)).toBeVisible();
    expect(await serious()).toEqual([]);
    await context.close();
  });
}

test('on a phone, without the editor: a field of the form', async ({ browser, baseURL }) => {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    reducedMotion: 'reduce',
    baseURL: baseURL ?? '',
  });
  const page = await context.newPage();
  await open(page);
  await page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: 'Graph' }).click();
  await page
    .getByRole('button', { name: /path prefix/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'What can be done with what is selected' }).click();
  await page.getByRole('menuitem', { name: 'Edit in the form' }).click();
  await expect(form(page).getByLabel('Value of Path')).toHaveValue('/reviews/');
  await form(page).getByRole('button', { name: '7777' }).click();
  await expect(form(page)).toContainText('port 7777');
  await page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: 'Trace' }).click();
  await expect(page.getByRole('region', { name: 'Trace' })).toContainText('reviews.qa');
  await context.close();
});
