import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { editorReady, headline, open } from './page.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    test(`axe finds nothing serious, ${colorScheme}, ${viewport.width} pixels wide`, async ({
      browser,
      baseURL,
    }) => {
      const context = await browser.newContext({
        colorScheme,
        viewport,
        reducedMotion: 'reduce',
        baseURL: baseURL ?? '',
      });
      const page = await context.newPage();
      await open(page);
      if (viewport.width > 1000) await editorReady(page);
      // Monaco's own dimmed line numbers and its place outside landmarks are not ours.
      const ours = await new AxeBuilder({ page }).exclude('.monaco-editor').analyze();
      const monaco = (await editorIsThere(page))
        ? await new AxeBuilder({ page })
            .include('.monaco-editor')
            .disableRules(['color-contrast', 'region'])
            .analyze()
        : { violations: [] };
      const serious = [...ours.violations, ...monaco.violations].filter(
        ({ impact }) => impact === 'serious' || impact === 'critical',
      );
      expect(serious.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
      await context.close();
    });
  }
}

test('nothing leaves the origin, and nothing breaks the policy', async ({ page, baseURL }) => {
  const outside: string[] = [];
  const complaints: string[] = [];
  const origin = new URL(baseURL ?? '').origin;
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !url.startsWith('data:') && !url.startsWith('blob:')) outside.push(url);
  });
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await open(page);
  await editorReady(page);
  await page.getByRole('button', { name: 'Examples' }).click();
  await page.keyboard.press('Escape');
  await expect(headline(page)).toBeVisible();
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('unsafe-eval');
  expect(outside).toEqual([]);
  expect(complaints).toEqual([]);
});

test('on a phone one pane is shown at a time, and nothing is wider than the screen', async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, baseURL: baseURL ?? '' });
  const page = await context.newPage();
  await open(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  for (const name of ['Graph', 'YAML', 'Problems', 'Trace']) {
    await page
      .getByRole('navigation')
      .getByRole('button', { name })
      .or(page.getByRole('tab', { name }))
      .first()
      .click();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  }
  await expect(headline(page)).toBeVisible();
  await context.close();
});

async function editorIsThere(page: Page): Promise<boolean> {
  return (await page.locator('.monaco-editor').count()) > 0;
}
