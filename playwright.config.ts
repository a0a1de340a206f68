import { defineConfig } from '@playwright/test';
import { findBrowser } from './tests/browser/findBrowser.ts';

const browser = await findBrowser();
const port = 4317;

/** Browser tests drive the built page (`npm run build` first), served as static files below a path that is not the root. */
export default defineConfig({
  testDir: 'tests/browser',
  testMatch: '*.spec.ts',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  retries: 0,
  reporter:
    process.env['GATEHOUSE_REPORT'] === undefined
      ? 'list'
      : [['line'], ['json', { outputFile: process.env['GATEHOUSE_REPORT'] }]],
  use: {
    baseURL: `http://localhost:${port}/some/path/`,
    viewport: { width: 1440, height: 900 },
    contextOptions: { reducedMotion: 'reduce' },
    permissions: ['clipboard-read', 'clipboard-write'],
    launchOptions: {
      executablePath: browser.executablePath,
      env: { ...process.env, ...browser.env } as Record<string, string>,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
    trace: 'retain-on-failure',
  },
  webServer: {
    command: `node scripts/serve.mjs --port ${port} --base /some/path/`,
    url: `http://localhost:${port}/some/path/`,
    reuseExistingServer: false,
    timeout: 30_000,
  },
});
