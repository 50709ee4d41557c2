// The page of `stats` in a real Chromium: it asks for nothing, shows its numbers, and its words fit.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, skipsBrowser, whetherBrowser } from '../audit/html/browser.ts';
import { ROOT, scratchFolder, sipspect } from './program.ts';

const folder = scratchFolder();
const CAPTURES = ['failed-calls/failed-calls.pcapng', 'registration/registration.pcap'].map((name) =>
  join(ROOT, 'samples', name),
);
let browser: Browser;

beforeAll(async () => {
  if (!skipsBrowser) browser = await launch();
}, 60_000);
afterAll(() => browser?.close());

test.skipIf(skipsBrowser)(`charts, their numbers, light and dark${whetherBrowser}`, async () => {
  for (const name of ['stats.html', 'stats.svg']) {
    const path = join(folder, name);
    expect(await sipspect(['stats', '-o', path, ...CAPTURES])).toEqual({ stdout: '', stderr: '', status: 0 });
    const page = await browser.newPage({ viewport: { width: 1100, height: 800 }, colorScheme: 'dark' });
    const said: string[] = [];
    page.on('console', (message) => said.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => said.push(`error: ${error.message}`));
    page.on('request', (request) => said.push(request.url()));
    await page.goto(pathToFileURL(path).href);
    expect(await page.evaluate(OUTSIDE)).toEqual([]);
    const fill = 'getComputedStyle(document.querySelector(".bar.success")).fill';
    expect(await page.evaluate(fill)).toBe('rgb(111, 211, 138)');
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await page.evaluate(fill)).toBe('rgb(26, 127, 55)');
    if (name === 'stats.html') {
      const figure = page.locator('figure', { hasText: 'Responses by status' });
      expect(await figure.locator('table').isVisible()).toBe(false);
      await figure.locator('summary').click();
      expect(await figure.locator('tbody tr').allTextContents()).toContain('200 OK3');
    }
    expect(said).toEqual([pathToFileURL(path).href]);
    await page.close();
  }
});

/** Texts that leave the panel they begin in. */
const OUTSIDE = `[...document.querySelectorAll('text')].filter((one) => {
  const panel = one.closest('g')?.closest('svg, g')?.querySelector('rect.panel') ?? one.parentElement.querySelector('rect.panel');
  if (panel == null) return false;
  const [box, frame] = [one.getBoundingClientRect(), panel.getBoundingClientRect()];
  return box.top >= frame.top && box.bottom <= frame.bottom && (box.left < frame.left || box.right > frame.right);
}).map((one) => one.textContent)`;
