import { expect, type Locator, type Page } from '@playwright/test';

/** Opens the built page and waits until it has answered. */
export async function open(page: Page, fragment = ''): Promise<void> {
  await page.goto(`./${fragment}`);
  await expect(headline(page)).toBeVisible();
}

export const headline = (page: Page): Locator => page.getByRole('status').getByRole('heading', { level: 3 });
export const trace = (page: Page): Locator => page.getByRole('region', { name: 'Trace' });
export const graph = (page: Page): Locator =>
  page.getByRole('application', { name: 'Graph of the configuration' });
export const undo = (page: Page): Locator => page.getByRole('banner').getByRole('button', { name: /^Undo/ });
export const editor = (page: Page): Locator => page.locator('.monaco-editor').first();

/** Waits for Monaco and puts the cursor at the end of the first occurrence of `text` (a whole line's text, or a part that stands only once). */
export async function cursorAfter(page: Page, text: string): Promise<void> {
  await editorReady(page);
  await editor(page).locator('.view-lines').click();
  await page.keyboard.press('ControlOrMeta+F');
  const find = page.getByRole('textbox', { name: 'Find' }).first();
  await find.fill(text);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowRight');
}

export async function editorReady(page: Page): Promise<void> {
  await expect(editor(page).locator('.view-line').first()).toBeVisible();
}

/** Replaces the whole text as a person does: select all, paste. */
export async function paste(page: Page, text: string): Promise<void> {
  await editorReady(page);
  await editor(page).locator('.view-lines').click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.evaluate((value) => navigator.clipboard.writeText(value), text);
  await page.keyboard.press('ControlOrMeta+V');
}

/** The text as the page would save it: what *Download YAML* gives, as bytes. */
export async function download(page: Page): Promise<Buffer> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download YAML' }).click(),
  ]);
  const chunks: Buffer[] = [];
  for await (const chunk of await file.createReadStream()) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}
