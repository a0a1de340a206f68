import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import {
  cursorAfter,
  download,
  editor,
  editorReady,
  graph,
  headline,
  open,
  paste,
  trace,
  undo,
} from './page.ts';

const bookinfo = readFileSync(new URL('../../app/examples/bookinfo.yaml', import.meta.url), 'utf8');

test('the first paint is the reference example, traced, with the fault named', async ({ page }) => {
  await open(page);
  await expect(headline(page)).toHaveText('One in five requests fails');
  const steps = trace(page);
  await expect(steps).toContainText('80 % forwarded to reviews.prod:9080');
  await expect(steps).toContainText('503 NC cluster_not_found');
  await expect(steps).toContainText('eu.bookinfo.com:443');
  await expect(steps).toContainText('no such header');
  await expect(steps).toContainText('outbound|443||reviews.qa.svc.cluster.local');
});

test('at 1280 × 720 outcome, failing step and fix are seen without scrolling', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await open(page);
  for (const part of [
    headline(page),
    trace(page).getByText('does not exist'),
    trace(page).getByRole('button', { name: 'Write port 9080' }),
  ]) {
    await expect(part).toBeInViewport({ ratio: 1 });
  }
});

test('writing the missing port in the editor mends the answer', async ({ page }) => {
  await open(page);
  await cursorAfter(page, 'weight: 20');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('End');
  // The editor keeps the indentation: `port:` stands beside `host:`.
  await page.keyboard.type('\nport: { number: 9080');
  await expect(headline(page)).toHaveText(/^Forwarded/);
  await expect(trace(page)).not.toContainText('503');
});

test('the fix beside the fault writes the same port, and undo takes it back', async ({ page }) => {
  await open(page);
  await trace(page).getByRole('button', { name: 'Write port 9080' }).click();
  await expect(headline(page)).toHaveText(/^Forwarded/);
  const written = (await download(page)).toString('utf8');
  expect(written.split('\n').length).toBe(bookinfo.split('\n').length + 2);
  await undo(page).click();
  await expect(headline(page)).toHaveText('One in five requests fails');
  expect((await download(page)).toString('utf8')).toBe(bookinfo);
});

test('a new weight, a new prefix and a syntax error change trace, graph and markers', async ({ page }) => {
  await open(page);
  await cursorAfter(page, 'weight: 20');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
  await page.keyboard.type('80');
  await expect(headline(page)).toHaveText('Half of the requests fail');
  await expect(graph(page)).toContainText('50 %');

  await cursorAfter(page, 'prefix: /reviews/');
  await page.keyboard.type('v9');
  await expect(headline(page)).toContainText(/no r(ule|oute)|404/i);
  await expect(graph(page).getByRole('button', { name: /path prefix \/reviews\/v9/ })).toBeVisible();

  await cursorAfter(page, 'prefix: /reviews/v9');
  await page.keyboard.type(' : [');
  await expect(editor(page).locator('.squiggly-error').first()).toBeVisible();
  await expect(graph(page)).not.toContainText('bookinfo-rule');
  await expect(graph(page)).toContainText('my-gateway');
});

test('a click on a step, a node or a place in the text selects the other two', async ({ page }) => {
  await open(page);
  await editorReady(page);
  const destination = graph(page).getByRole('button', { name: ':443 no such port' });

  await trace(page)
    .getByRole('button', { name: /20 % reviews\.qa, port 443/ })
    .click();
  await expect(destination).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('region', { name: 'YAML' })).toContainText(/destination 2/);

  await graph(page)
    .getByRole('button', { name: /1 header cookie/ })
    .click();
  await expect(page.getByRole('region', { name: 'YAML' })).toContainText(/rule 1/);
  await expect(trace(page).getByRole('button', { name: /1 header cookie/ })).toHaveAttribute(
    'aria-pressed',
    'true',
  );

  await cursorAfter(page, 'prefix: /reviews/');
  await expect(graph(page).getByRole('button', { name: /2 path prefix/ })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await expect(trace(page).getByRole('button', { name: /2 path prefix/ })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
});

test('a kind: List as kubectl prints it works, and the request moves to a host that it has', async ({
  page,
}) => {
  await open(page);
  const list = `apiVersion: v1
items:
- apiVersion: networking.istio.io/v1
  kind: Gateway
  metadata:
    annotations:
      kubectl.kubernetes.io/last-applied-configuration: |
        {"apiVersion":"networking.istio.io/v1","kind":"Gateway"}
    creationTimestamp: "2026-01-02T03:04:05Z"
    generation: 1
    managedFields:
    - apiVersion: networking.istio.io/v1
      fieldsType: FieldsV1
      fieldsV1: {"f:spec": {".": {}, "f:selector": {}}}
      manager: kubectl
      operation: Update
    name: shop
    namespace: shop
    resourceVersion: "12"
    uid: 0b9f5d1e-7d5e-4a3c-9f2b-2f1d3c4b5a69
  spec:
    selector:
      istio: ingressgateway
    servers:
    - hosts:
      - shop.example.com
      port:
        name: http
        number: 8080
        protocol: HTTP
- apiVersion: networking.istio.io/v1
  kind: VirtualService
  metadata:
    creationTimestamp: "2026-01-02T03:04:05Z"
    name: shop
    namespace: shop
  spec:
    gateways:
    - shop
    hosts:
    - shop.example.com
    http:
    - match:
      - uri:
          prefix: /cart
      route:
      - destination:
          host: cart
          port:
            number: 80
  status: {}
kind: List
metadata:
  resourceVersion: ""
`;
  await paste(page, list);
  await expect(page.getByRole('combobox', { name: 'URL' })).toHaveValue(
    /http:\/\/shop\.example\.com:8080\/cart/,
  );
  await expect(headline(page)).toHaveText(/^Forwarded, if cart\.shop exists; otherwise 503 NC/);
  await expect(page.getByRole('region', { name: 'YAML' })).toContainText('2 objects');
  await page.getByRole('button', { name: 'This paste is everything' }).click();
  await expect(headline(page)).toHaveText(/^Fails: cart\.shop does not exist/);
});
