import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { graph, headline, open, trace } from './page.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a rule that is selected says why it does not take the request, and which it takes, ${colorScheme}`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 1280, height: 720 });
    await open(page);
    const about = page.getByRole('region', { name: 'About the selection' });
    const fix = trace(page).getByRole('button', { name: 'Write port 9080' });
    await expect(fix).toBeInViewport({ ratio: 1 });
    await expect(about).toHaveCount(0);
    const before = await headline(page).boundingBox();
    const step = trace(page).locator('.steps');
    const place = await step.boundingBox();

    await graph(page)
      .getByRole('button', { name: /^1 header cookie/ })
      .click();
    await expect(about).toContainText('Rule 1 of bookinfo-rule does not take this request.');
    await expect(about).toContainText('no such header');
    await expect(about).toContainText('GET https://uk.bookinfo.com/reviews/1 with cookie: user=dev-123');
    await expect(about).toBeInViewport({ ratio: 1 });
    expect(await headline(page).boundingBox()).toEqual(before);
    expect((await step.boundingBox())?.height).toBe(place?.height);
    const { violations } = await new AxeBuilder({ page }).include('.trace').analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);

    await about.getByRole('button', { name: 'Ask that' }).click();
    await expect(headline(page)).toHaveText('Forwarded to reviews.qa:7777');
    await expect(about).toHaveCount(0);

    await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
    await expect(headline(page)).toHaveText('One in five requests fails');
    await expect(about).toContainText('no such header');
    await graph(page)
      .getByRole('button', { name: /^2 path prefix/ })
      .click();
    await expect(about).toHaveCount(0);
  });
}
