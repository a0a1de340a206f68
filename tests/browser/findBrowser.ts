import { execFileSync } from 'node:child_process';
import { createReadStream, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { chromium } from '@playwright/test';

/** How to start a browser: the environment is needed where the browser brings its own libraries. */
export interface Browser {
  readonly executablePath: string;
  readonly env: Readonly<Record<string, string>>;
}

const installed: Readonly<Record<string, readonly string[]>> = {
  linux: [
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/snap/bin/chromium',
    '/usr/bin/microsoft-edge',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

/**
 * The first browser that really starts: `GATEHOUSE_BROWSER`, Playwright's own, an installed Chrome, Chromium or Edge, and on Linux x64 the one
 * that the npm package @sparticuz/chromium carries. Nothing is downloaded. Throws, with what was tried, if there is none.
 */
export async function findBrowser(): Promise<Browser> {
  const named = process.env['GATEHOUSE_BROWSER'];
  if (named === 'npm') return carriedBrowser();
  const candidates = [
    ...(named === undefined ? [] : [named]),
    chromium.executablePath(),
    ...(installed[process.platform] ?? []),
  ];
  for (const executablePath of candidates) {
    if (starts({ executablePath, env: {} })) return { executablePath, env: {} };
  }
  return carriedBrowser(candidates);
}

function starts({ executablePath, env }: Browser): boolean {
  if (!existsSync(executablePath)) return false;
  // Windows' browsers do not print a version; that the file is there has to do.
  if (process.platform === 'win32') return true;
  try {
    execFileSync(executablePath, ['--version', '--no-sandbox'], {
      env: { ...process.env, ...env },
      stdio: 'pipe',
      timeout: 20_000,
    });
    return true;
  } catch {
    return false;
  }
}

/**
 * The browser out of the npm package, unpacked into a folder of its own for each version (the package would take an unpacked file of any
 * version), with the three libraries that it needs beside it (the package unpacks those only on AWS Lambda).
 */
async function carriedBrowser(tried: readonly string[] = []): Promise<Browser> {
  const missing = (why: string) =>
    new Error(
      `No browser for the tests: ${why}. Tried ${tried.join(', ') || 'nothing else'}. Set GATEHOUSE_BROWSER.`,
    );
  if (process.platform !== 'linux' || process.arch !== 'x64') throw missing('none is installed');
  const require = createRequire(import.meta.url);
  let packageFolder: string;
  try {
    packageFolder = join(dirname(require.resolve('@sparticuz/chromium')), '..', '..');
    while (!existsSync(join(packageFolder, 'bin'))) packageFolder = dirname(packageFolder);
  } catch {
    throw missing('none is installed, and the optional package @sparticuz/chromium is not there');
  }
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as {
    version: string;
  };
  const folder = join(tmpdir(), `gatehouse-chromium-${version}`);
  mkdirSync(folder, { recursive: true });

  const libraries = join(folder, 'al2023');
  if (!existsSync(join(libraries, 'lib'))) {
    mkdirSync(libraries, { recursive: true });
    const archive = join(folder, 'al2023.tar');
    await pipeline(
      createReadStream(join(packageFolder, 'bin', 'al2023.tar.br')),
      createBrotliDecompress(),
      (await import('node:fs')).createWriteStream(archive),
    );
    execFileSync('tar', ['-xf', archive, '-C', libraries]);
  }
  const env = {
    LD_LIBRARY_PATH: join(libraries, 'lib'),
    FONTCONFIG_PATH: process.env['FONTCONFIG_PATH'] ?? '/etc/fonts',
  };

  const outerTmp = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder;
  try {
    const { default: carried } = await import('@sparticuz/chromium');
    const browser = { executablePath: await carried.executablePath(), env };
    if (starts(browser)) return browser;
  } finally {
    if (outerTmp === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = outerTmp;
  }
  throw missing('the one from npm does not start here');
}
