// The HTML and SVG of ladders in a real Chromium: an arrow opens its message, by mouse, by keys and without scripts; text from
// the capture does nothing; what is drawn fits its place.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { draw } from '../../src/ladder/draw.ts';
import type { Flow } from '../../src/ladder/flow.ts';
import { renderSvg } from '../../src/ladder/svg.ts';
import { flowCapture } from '../audit/flow-capture.ts';
import { launch, skipsBrowser, whetherBrowser } from '../audit/html/browser.ts';
import { ROOT, scratchFolder, sipspect } from '../cli/program.ts';
import { anyAscii } from './any-ascii.ts';
import * as plays from './plays.ts';

const folder = scratchFolder();
const CALL = join(ROOT, 'samples/proxied-call/udp.pcapng');
const REGISTRATION = join(ROOT, 'samples/registration/registration.pcap');
const EVIL = `</pre></text><script>window.evil=1</script><img src=x onerror="window.evil=2">'"&\u202e\u0007`;
let browser: Browser;

beforeAll(async () => {
  if (!skipsBrowser) browser = await launch();
}, 60_000);
afterAll(() => browser?.close());

/** A picture that `ladder` made, and all that it asks for or complains about once it is open. */
async function opened(
  name: string,
  args: readonly string[],
  context: BrowserContextOptions = {},
): Promise<{ page: Page; said: string[] }> {
  const path = join(folder, name);
  expect(await sipspect(['ladder', '-o', path, ...args])).toEqual({ stdout: '', stderr: '', status: 0 });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, ...context });
  const said: string[] = [];
  page.on('console', (message) => said.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => said.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => said.push(`dialog: ${dialog.message()}`));
  page.on('request', (request) => said.push(request.url()));
  const url = pathToFileURL(path).href;
  await page.goto(url);
  expect(said).toEqual([url]);
  said.length = 0;
  return { page, said };
}

/** The first lines of the messages that can be seen. */
async function seen(page: Page): Promise<string[]> {
  const texts = await page.locator('article:visible pre').allTextContents();
  return texts.map((text) => text.split('\n')[0]!);
}

const INVITE = 'INVITE sip:bob@example.com SIP/2.0';
const TRYING = 'SIP/2.0 100 trying -- your call is important to us';

test.skipIf(skipsBrowser)(`an arrow opens its message${whetherBrowser}`, async () => {
  const { page, said } = await opened('call.html', [CALL]);
  const arrows = page.locator('.rows a');
  expect(await arrows.count()).toBe(13);
  expect(await seen(page)).toEqual([]);
  await arrows.nth(0).click();
  expect(await seen(page)).toEqual([INVITE]);
  expect(await page.locator('article:visible .facts span').allTextContents()).toEqual([
    'packet 1',
    '127.0.0.10:5060 → 127.0.0.20:5060',
    'UDP',
    '2026-11-21 04:46:37.627356',
  ]);
  expect(await page.locator('.rows a.chosen').getAttribute('aria-label')).toBe(
    'INVITE (1), from alice.example.com to proxy.example.com, at 0.000000, packet 1, SDP audio 127.0.0.10:49170 PCMU,PCMA',
  );
  await arrows.nth(1).click();
  expect(await seen(page)).toEqual([TRYING]);
  await page.getByRole('link', { name: '↑ before' }).click();
  expect(await seen(page)).toEqual([INVITE]);
  await page.getByRole('link', { name: 'close' }).click();
  expect(await seen(page)).toEqual([]);
  expect(said).toEqual([]);
});

test.skipIf(skipsBrowser)(`by keys alone${whetherBrowser}`, async () => {
  const { page, said } = await opened('keys.html', [CALL]);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  expect(await seen(page)).toEqual([TRYING]);
  await page.keyboard.press('ArrowUp');
  expect(await seen(page)).toEqual([INVITE]);
  for (let step = 0; step < 12; step++) await page.keyboard.press('j');
  expect(await seen(page)).toEqual(['SIP/2.0 200 OK']);
  expect(await page.locator('article:visible .facts span').first().textContent()).toBe('packet 13');
  // There is none behind the last.
  await page.keyboard.press('ArrowDown');
  expect(await page.locator('article:visible .facts span').first().textContent()).toBe('packet 13');
  await page.keyboard.press('Escape');
  expect(await seen(page)).toEqual([]);
  expect(await page.evaluate('document.activeElement.id')).toBe('a1-12');
  expect(said).toEqual([]);
});

test.skipIf(skipsBrowser)(`without scripts, too${whetherBrowser}`, async () => {
  const { page } = await opened('plain.html', [CALL], { javaScriptEnabled: false });
  await page.locator('.rows a').nth(1).click();
  expect(await seen(page)).toEqual([TRYING]);
  await page.getByRole('link', { name: 'close' }).click();
  expect(await seen(page)).toEqual([]);
});

test.skipIf(skipsBrowser)(`secrets are masked unless asked for${whetherBrowser}`, async () => {
  const responses = async (args: readonly string[]): Promise<string[]> => {
    const { page } = await opened(`secrets${args.length}.html`, [...args, '--index', '1', REGISTRATION]);
    const texts = (await page.locator('article pre').allTextContents()).join('\n');
    return [...texts.matchAll(/\bresponse="?([^",]+)/g)].map(([, value]) => value!);
  };
  const masked = await responses([]);
  expect(masked.length).toBeGreaterThan(0);
  for (const value of masked) expect(value).toMatch(/^\*+$/);
  for (const value of await responses(['--secrets'])) expect(value).toMatch(/^[0-9a-f]{32}$/);
});

test.skipIf(skipsBrowser)(`hostile text stands there and does nothing${whetherBrowser}`, async () => {
  const capture = join(folder, 'hostile.pcap');
  const edits = [
    { at: 1, add: `Subject: ${EVIL}` },
    { everywhere: '"Alice"', by: `"${EVIL.replaceAll('"', "'")}"` },
    { at: 1, replace: 'User-Agent: Phone A/1.0', by: `User-Agent: ${EVIL}` },
    { everywhere: '180 Ringing', by: `180 ${EVIL}` },
  ] as const;
  writeFileSync(capture, flowCapture('call', edits));
  for (const name of ['hostile.html', 'hostile.svg']) {
    const { page, said } = await opened(name, [capture]);
    if (name === 'hostile.html') {
      await page.locator('.rows a').first().click();
      const subject = (await page.locator('article:visible pre').textContent())!
        .split('\n')
        .find((line) => line.startsWith('Subject: '));
      expect(subject).toBe(
        `Subject: </pre></text><script>window.evil=1</script><img src=x onerror="window.evil=2">'"&\\u{202e}␇`,
      );
    }
    expect(await page.evaluate('window.evil')).toBe(undefined);
    expect(await page.locator('img, iframe, object, main script, svg script, link, image, use').count()).toBe(
      0,
    );
    expect(said).toEqual([]);
    await page.close();
  }
});

test.skipIf(skipsBrowser)(`several calls, in the dark, narrow, and on paper${whetherBrowser}`, async () => {
  const { page, said } = await opened('many.html', [join(ROOT, 'samples/failed-calls/failed-calls.pcapng')]);
  expect(await page.locator('header a').count()).toBe(5);
  await page.locator('header a').nth(4).click();
  await page.locator('#ladder-5 .rows a').first().click();
  const panel = page.locator('article:visible');
  expect(await panel.getAttribute('aria-label')).toMatch(
    /^INVITE \(1\), from 127\.0\.0\.10 to 127\.0\.0\.20, /,
  );
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(20, 24, 28)');
  const colour = 'getComputedStyle(document.querySelector("a.failure .what")).fill';
  expect(await page.evaluate(colour)).toBe('rgb(255, 138, 128)');
  await page.setViewportSize({ width: 400, height: 800 });
  expect(await panel.boundingBox()).toMatchObject({ x: 0, width: 400 });
  await page.emulateMedia({ media: 'print' });
  expect(await page.evaluate(colour)).toBe('rgb(179, 38, 30)');
  expect(await page.locator('article:visible').count()).toBe(await page.locator('article').count());
  expect((await page.pdf()).length).toBeGreaterThan(10_000);
  expect(said).toEqual([]);
});

test.skipIf(skipsBrowser)(
  `an SVG stands alone, follows the scheme, and is an image, too${whetherBrowser}`,
  async () => {
    const { page, said } = await opened('call.svg', [CALL], { colorScheme: 'dark' });
    const fill = 'getComputedStyle(document.querySelector("rect.paper")).fill';
    expect(await page.evaluate(fill)).toBe('rgb(20, 24, 28)');
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await page.evaluate(fill)).toBe('rgb(255, 255, 255)');
    expect(await page.getByRole('img', { name: 'SIP ladder: 1 · call · completed' }).count()).toBe(1);
    expect(said).toEqual([]);
    const svg = readFileSync(join(folder, 'call.svg')).toString('base64');
    await page.goto('about:blank');
    await page.setContent(`<img src="data:image/svg+xml;base64,${svg}">`);
    const [, width] = /width="(\d+)"/.exec(readFileSync(join(folder, 'call.svg'), 'utf8'))!;
    await expect.poll(() => page.evaluate('document.images[0].naturalWidth')).toBe(Number(width));
  },
);

const DRAWN: Readonly<Record<string, Flow>> = {
  two: plays.two,
  five: plays.five,
  twelve: plays.chain(12),
  addresses: plays.instantMessages,
};

test.skipIf(skipsBrowser)(`what is written fits where it stands${whetherBrowser}`, async () => {
  const page = await browser.newPage();
  for (const drawing of [...Object.values(DRAWN).map((call) => draw(call)), anyAscii]) {
    await page.setContent([...renderSvg([drawing])].join(''));
    expect(await page.evaluate(OUTSIDE)).toEqual([]);
  }
});

/** Texts that go over the edge of the picture, of their head or of their arrow, and those that run into one another. */
const OUTSIDE = `(() => {
  const svg = document.querySelector('svg');
  const edge = svg.getBoundingClientRect();
  const boxes = [...svg.querySelectorAll('text')].map((one) => ({ one, box: one.getBoundingClientRect() }));
  const within = (box, frame) => box.left >= frame.left - 1 && box.right <= frame.right + 1;
  const panels = [...svg.querySelectorAll('rect.panel')].map((one) => one.getBoundingClientRect());
  const over = boxes.filter(({ one, box }) => {
    if (!within(box, edge) || box.bottom > edge.bottom) return true;
    const panel = panels.find(({ left, right, top, bottom }) => left < box.right && right > box.left && top < box.top + 6 && bottom > box.bottom - 6);
    const shaft = one.closest('g').querySelector('path.shaft[d*="H"]');
    if (shaft !== null && one.classList.contains('label')) return !within(box, shaft.getBoundingClientRect());
    return panel !== undefined && !within(box, panel);
  });
  const pairs = boxes.flatMap((a, at) => boxes.slice(at + 1).flatMap((b) =>
    a.box.left < b.box.right - 1 && b.box.left < a.box.right - 1 && a.box.top + 5 < b.box.bottom && b.box.top + 5 < a.box.bottom ? [[a, b]] : []));
  return [...over.map(({ one }) => one.textContent), ...pairs.map((pair) => pair.map(({ one }) => one.textContent))];
})()`;
