import { expect, test, type Page } from '@playwright/test';
import { answers, original } from './designReference.ts';
import { download, open } from './page.ts';

/*
 * No pointer from the first key to the last: commands come from the palette, fields are reached with Tab.
 */

async function command(page: Page, words: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+K');
  await expect(page.getByRole('combobox', { name: 'Command' })).toBeFocused();
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: 'Command' })).toHaveCount(0);
}

/** Tab until the control of that name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 260; presses += 1) {
    if ((await focusedName(page)) === name) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${name}`);
}

function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement)) return '';
    const labelled = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : undefined;
    return (element.getAttribute('aria-label') ?? labelled ?? element.textContent ?? '').trim();
  });
}

async function type(page: Page, name: string, value: string): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(value);
}

/** With the arrow keys to the choice that begins with the words; the group has the focus. */
async function choose(page: Page, words: string): Promise<void> {
  for (let presses = 0; presses < 20; presses += 1) {
    if ((await focusedName(page)).startsWith(words)) return;
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`no choice ${words}`);
}

/** Agrees to what the dialog shows, once it has been tried. */
async function agree(page: Page): Promise<void> {
  await expect(page.getByRole('dialog').getByText(/current request ends|Then:/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Apply the edit' })).toBeEnabled();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

async function addServer(
  page: Page,
  speaks: string,
  fields: Readonly<Record<string, string>>,
): Promise<void> {
  await command(page, 'Add server');
  await choose(page, speaks);
  for (const [name, value] of Object.entries(fields)) await type(page, name, value);
  await agree(page);
}

test('the reference gateway and its rule by keyboard only', async ({ page }) => {
  test.setTimeout(240_000);
  await open(page);
  await command(page, 'New: start');

  await command(page, 'Add gateway');
  await type(page, 'Name', 'my-gateway');
  await type(page, 'Namespace', 'some-config-namespace');
  await type(page, 'Pods, by labels', 'app=my-gateway-controller');
  await page.keyboard.press('Tab');
  await choose(page, 'HTTP, redirects');
  await type(page, 'Hosts', 'uk.bookinfo.com, eu.bookinfo.com');
  await agree(page);

  const both = 'uk.bookinfo.com, eu.bookinfo.com';
  await addServer(page, 'HTTPS SIMPLE', { Hosts: both });
  await addServer(page, 'HTTPS SIMPLE', { Port: '9443', Hosts: 'bookinfo-namespace/*.bookinfo.com' });
  await addServer(page, 'HTTPPlain', { Port: '9080', Hosts: '*' });
  await addServer(page, 'MONGO', { Port: '2379', Hosts: '*' });

  await command(page, 'Edit in the form');
  await tabTo(page, 'my-gateway');
  await page.keyboard.press('Enter');

  await command(page, 'Add virtual service');
  await type(page, 'Name', 'bookinfo-rule');
  await type(page, 'Namespace', 'bookinfo-namespace');
  await type(page, 'Hosts', `reviews.prod.svc.cluster.local, ${both}`);
  await type(page, 'Service', 'reviews.prod.svc.cluster.local');
  await type(page, 'Port of the service', '9080');
  await agree(page);
  await tabTo(page, 'Add gateway');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('gateway 2', { exact: true })).toBeVisible();
  await type(page, 'gateway 2', 'mesh');

  await command(page, 'Add rule');
  await type(page, 'Header', 'cookie');
  await type(page, 'Value of the header', 'user=dev-123');
  await type(page, 'Service', 'reviews.qa.svc.cluster.local');
  await type(page, 'Port of the service', '7777');
  await agree(page);

  // To the second rule: up to the virtual service, then into its list.
  await tabTo(page, 'bookinfo-rule');
  await page.keyboard.press('Enter');
  await tabTo(page, '2everything · to reviews.prod:9080');
  await page.keyboard.press('Enter');
  await tabTo(page, 'Add condition');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Value of Path')).toBeVisible();
  await type(page, 'Value of Path', '/reviews/');
  await command(page, 'Add destination');
  await type(page, 'Service', 'reviews.qa.svc.cluster.local');
  await type(page, 'Weight', '20');
  await agree(page);

  // The only step with a pointer is the one that looks at the result.
  await expect
    .poll(async () => answers((await download(page)).toString('utf8')), { timeout: 20_000 })
    .toEqual(answers(original));
});
