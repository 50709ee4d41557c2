// A real Chromium, Debian's, that reaches no network. Absent, its tests say that they skipped; CI must have it.
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PATH = '/usr/bin/chromium';
const isThere = existsSync(PATH);
if (!isThere && process.env.CI === 'true') throw new Error(`${PATH} is missing: install Debian's chromium`);

export const skipsBrowser = !isThere;
/** For the names of tests. */
export const whetherBrowser = isThere ? '' : ` (SKIPPED: there is no ${PATH})`;

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: PATH,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
