import { expect, test, type Locator, type Page } from '@playwright/test';
import { answers, original } from './designReference.ts';
import { download, graph, open } from './page.ts';

const dialog = (page: Page): Locator => page.getByRole('dialog');
const form = (page: Page): Locator => page.getByRole('tabpanel', { name: 'Form' });
const text = async (page: Page): Promise<string> => (await download(page)).toString('utf8');

/** An empty text, the form beside the graph. */
async function empty(page: Page): Promise<void> {
  await open(page);
  await page.getByRole('button', { name: 'Search, or run a command' }).click();
  await page.getByRole('combobox', { name: 'Command' }).fill('New: start');
  await page.keyboard.press('Enter');
  await page.getByRole('tab', { name: 'Form' }).click();
  await expect(form(page)).toContainText('Nothing is written yet');
}

/** From the graph's menu of additions; the dialog is filled in and agreed to. */
async function add(
  page: Page,
  what: string,
  answersGiven: Readonly<Record<string, string>>,
  choice?: string,
): Promise<void> {
  const pane = page.getByRole('region', { name: 'Graph', exact: true });
  await pane.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('menuitem', { name: what, exact: true }).click();
  if (choice !== undefined) await dialog(page).getByText(choice, { exact: true }).click();
  for (const [label, value] of Object.entries(answersGiven)) {
    await dialog(page).getByLabel(label, { exact: true }).fill(value);
  }
  await expect(dialog(page).getByText(/current request ends|Then:/)).toBeVisible();
  await dialog(page).getByRole('button', { name: 'Apply the edit' }).click();
  await expect(dialog(page)).toHaveCount(0);
}

async function fill(page: Page, label: string, value: string): Promise<void> {
  await form(page).getByLabel(label, { exact: true }).last().fill(value);
}

async function addField(page: Page, group: string, field: string): Promise<void> {
  await form(page)
    .getByRole('group', { name: group, exact: true })
    .getByRole('button', { name: 'Add field' })
    .last()
    .click();
  await page.getByRole('menuitem', { name: new RegExp(`^${field}\\b`) }).click();
}

test('from an empty page, by graph and forms only, the reference gateway and its rule', async ({ page }) => {
  test.setTimeout(120_000);
  await empty(page);

  await add(
    page,
    'Gateway…',
    {
      Name: 'my-gateway',
      Namespace: 'some-config-namespace',
      'Pods, by labels': 'app=my-gateway-controller',
      Hosts: 'uk.bookinfo.com, eu.bookinfo.com',
    },
    'HTTP, redirects',
  );
  await expect(graph(page)).toContainText('my-gateway');

  await add(page, 'Server…', { Hosts: 'uk.bookinfo.com, eu.bookinfo.com' }, 'HTTPS SIMPLE');
  // The new server is selected: its certificate comes from files instead.
  await fill(page, 'name', 'https-443');
  await addField(page, 'tls', 'serverCertificate');
  await fill(page, 'serverCertificate', '/etc/certs/servercert.pem');
  await addField(page, 'tls', 'privateKey');
  await fill(page, 'privateKey', '/etc/certs/privatekey.pem');
  await fill(page, 'credentialName', '');
  await page.keyboard.press('Tab');
  await expect.poll(() => text(page)).not.toContain('credentialName');

  await add(page, 'Server…', { Port: '9443', Hosts: 'bookinfo-namespace/*.bookinfo.com' }, 'HTTPS SIMPLE');
  await fill(page, 'credentialName', 'bookinfo-secret');
  await add(page, 'Server…', { Port: '9080', Hosts: '*' }, 'HTTP');
  await add(page, 'Server…', { Port: '2379', Hosts: '*' }, 'MONGO');

  await graph(page)
    .getByRole('button', { name: /^my-gateway/ })
    .click();
  await add(page, 'Virtual service…', {
    Name: 'bookinfo-rule',
    Namespace: 'bookinfo-namespace',
    Hosts: 'reviews.prod.svc.cluster.local, uk.bookinfo.com, eu.bookinfo.com',
    Service: 'reviews.prod.svc.cluster.local',
    'Port of the service': '9080',
  });
  await form(page)
    .getByRole('group', { name: 'gateways' })
    .getByRole('button', { name: 'Add gateway' })
    .click();
  await form(page).getByLabel('gateway 2', { exact: true }).fill('mesh');

  // The rule for developers goes in front of the one that takes everything.
  await add(page, 'Rule…', {
    Header: 'cookie',
    'Value of the header': 'user=dev-123',
    Service: 'reviews.qa.svc.cluster.local',
    'Port of the service': '7777',
  });

  await graph(page).getByRole('button', { name: /^2 / }).click();
  await form(page)
    .getByRole('group', { name: 'When' })
    .getByRole('button', { name: 'Add condition' })
    .click();
  await form(page).getByLabel('Value of Path').fill('/reviews/');
  await form(page).getByRole('button', { name: 'Add destination' }).click();
  await dialog(page).getByLabel('Service', { exact: true }).fill('reviews.qa.svc.cluster.local');
  await dialog(page).getByLabel('Weight').fill('20');
  await expect(dialog(page).getByRole('button', { name: 'Apply the edit' })).toBeEnabled();
  await dialog(page).getByRole('button', { name: 'Apply the edit' }).click();

  await expect.poll(async () => answers(await text(page)), { timeout: 20_000 }).toEqual(answers(original));
});
