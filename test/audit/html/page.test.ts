// The page of an audit, opened and clicked through in a real Chromium: what it shows, what its filters do, and that text from
// the capture does nothing but stand there.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { scratchFolder, sipspect } from '../../cli/program.ts';
import { sbcPolicy } from '../../rules/sbc-policy.ts';
import { flowCapture } from '../flow-capture.ts';
import { launch, skipsBrowser, whetherBrowser } from './browser.ts';

const folder = scratchFolder();
const EVIL = `</pre><script>window.evil=1</script><img src=x onerror="window.evil=2">'"&\u202e\u0007`;
const ONLY = ['--only', 'message/max-forwards', '--only', 'message/cseq-format'];
/** The CSeq of the BYE names another method, and no Max-Forwards is in the INVITE. */
const TWO = [
  { at: 1, remove: 'Max-Forwards' },
  { at: 6, replace: 'CSeq: 2 BYE', by: 'CSeq: 2 INFO' },
] as const;
let browser: Browser;

beforeAll(async () => {
  if (!skipsBrowser) browser = await launch();
}, 60_000);
afterAll(() => browser?.close());

/** The page of an audit, and all that it asked for or complained about. */
async function pageOf(
  name: string,
  capture: Buffer,
  args: readonly string[] = [],
): Promise<{ page: Page; said: string[] }> {
  const path = join(folder, `${name}.pcap`);
  const report = join(folder, `${name}.html`);
  writeFileSync(path, capture);
  const { stderr } = await sipspect(['audit', path, '--format', `html=${report}`, ...args]);
  expect(stderr).toBe('');
  const page = await browser.newPage();
  const said: string[] = [];
  page.on('console', (message) => said.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => said.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => said.push(`dialog: ${dialog.message()}`));
  page.on('request', (request) => said.push(request.url()));
  await page.goto(pathToFileURL(report).href);
  expect(said).toEqual([pathToFileURL(report).href]);
  said.length = 0;
  return { page, said };
}

test.skipIf(skipsBrowser)(`summary, findings, ladder and messages${whetherBrowser}`, async () => {
  const { page, said } = await pageOf('plain', flowCapture('call', TWO), ONLY);
  expect(await page.locator('.chips span').allTextContents()).toEqual([
    '2 errors',
    '0 warnings',
    '0 remarks',
  ]);
  expect(await page.locator('.rule h3').allTextContents()).toEqual([
    'message/cseq-format',
    'message/max-forwards',
  ]);
  const finding = page.locator('.finding', { hasText: 'has no Max-Forwards' });
  expect(await finding.locator('pre.ladder').isVisible()).toBe(false);
  await finding.locator('summary').first().click();
  expect(await finding.locator('pre.ladder').isVisible()).toBe(true);
  // The guilty arrow, and no other.
  const marked = await finding.locator('pre.ladder mark').allTextContents();
  expect(marked).toEqual([expect.stringMatching(/^\s*1 {2,}0\.000000 .*INVITE/)]);
  expect(await finding.locator('.message > summary').textContent()).toContain('packet 1');
  // The other finding points at its line.
  const order = page.locator('.finding', { hasText: 'CSeq' });
  await order.locator('summary').first().click();
  expect(await order.locator('pre.octets mark').allTextContents()).toContain('CSeq: 2 INFO');
  expect(said).toEqual([]);
});

test.skipIf(skipsBrowser)(`filters${whetherBrowser}`, async () => {
  const edits = [
    ...TWO,
    { at: 8, remove: 'Max-Forwards' },
    { at: 9, replace: ';rport=5060;received=192.0.2.10', by: ';rport' },
  ] as const;
  const args = [...ONLY, '--only', 'nat/received-rport'];
  const { page, said } = await pageOf('filters', flowCapture('call', edits), args);
  const shown = () => page.locator('.finding:visible .what').allTextContents();
  expect(await page.locator('#shown').textContent()).toBe('4 of 4');
  await page.getByLabel('error').uncheck();
  expect(await shown()).toEqual(['rport was asked for, and the server does not know it']);
  expect(await page.locator('.rule:visible').count()).toBe(1);
  await page.getByLabel('error').check();
  await page.getByLabel('text').fill('options max');
  expect(await shown()).toEqual(['OPTIONS has no Max-Forwards']);
  expect(await page.locator('#shown').textContent()).toBe('1 of 4');
  await page.getByRole('button', { name: 'reset' }).click();
  await expect.poll(() => page.locator('#shown').textContent()).toBe('4 of 4');
  await page.getByLabel('rule').selectOption('message/cseq-format');
  expect(await page.locator('#shown').textContent()).toBe('1 of 4');
  await page.getByRole('button', { name: 'open or close all' }).click();
  expect(await page.locator('.finding:visible pre.ladder').isVisible()).toBe(true);
  expect(said).toEqual([]);
});

test.skipIf(skipsBrowser)(`hostile text stands there and does nothing${whetherBrowser}`, async () => {
  const edits = [
    { at: 1, remove: 'Max-Forwards' },
    { at: 1, add: `Subject: ${EVIL}` },
    { everywhere: '"Alice"', by: `"${EVIL.replaceAll('"', "'")}"` },
    { at: 1, replace: 'User-Agent: Phone A/1.0', by: `User-Agent: ${EVIL}` },
  ] as const;
  const { page, said } = await pageOf('hostile', flowCapture('call', edits));
  await page.getByRole('button', { name: 'open or close all' }).click();
  expect(await page.evaluate('window.evil')).toBe(undefined);
  expect(await page.locator('img, iframe, object, main script, link').count()).toBe(0);
  const octets = await page.locator('pre.octets').allTextContents();
  const subject = octets.flatMap((text) => text.split('\n')).find((line) => line.startsWith('Subject: '));
  expect(subject).toBe(
    `Subject: </pre><script>window.evil=1</script><img src=x onerror="window.evil=2">'"&\\u{202e}␇`,
  );
  expect(said).toEqual([]);
});

test.skipIf(skipsBrowser)(`what a box changed, in the dark and on paper${whetherBrowser}`, async () => {
  // The box lets the caller's Contact through.
  const edits = [
    { at: 3, replace: 'Contact: <sip:alice@198.51.100.30:5060>', by: 'Contact: <sip:alice@192.0.2.10:5060>' },
  ] as const;
  const policy = join(folder, 'sbc.yaml');
  writeFileSync(policy, sbcPolicy());
  const rule = 'record-route/contact-not-rewritten';
  const args = ['--policy', policy, '--only', rule];
  const { page, said } = await pageOf('sbc', flowCapture('sbc-two-sets', edits), args);
  const finding = page.locator('.finding').first();
  await finding.locator('summary').first().click();
  expect(await finding.locator('table.across caption').textContent()).toBe('INVITE: packet 1 → 3');
  const rows = await finding.locator('table.across tbody tr').allTextContents();
  expect(rows).toContain('Call-IDcall-1@192.0.2.10sbc-1@198.51.100.30');
  expect(await finding.locator('pre.ladder').textContent()).toContain('198.51.100.20 | 198.51.100.30');
  expect(await finding.locator('.same').textContent()).toContain('Contact');
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(20, 24, 28)');
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('form').isVisible()).toBe(false);
  expect((await page.pdf()).length).toBeGreaterThan(10_000);
  expect(said).toEqual([]);
});
