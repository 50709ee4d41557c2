// Mermaid and PlantUML diagrams drawn by Mermaid and PlantUML themselves, in Chromium: every text stands in the picture as the
// capture has it. PlantUML's engine is its own, compiled to JavaScript (@plantuml/core).
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { draw } from '../../src/ladder/draw.ts';
import { renderMermaid } from '../../src/ladder/mermaid.ts';
import { renderPlantuml } from '../../src/ladder/plantuml.ts';
import { launch, skipsBrowser, whetherBrowser } from '../audit/html/browser.ts';
import { anyAscii, TEXTS } from './any-ascii.ts';
import { flow } from './any-flow.ts';
import * as plays from './plays.ts';

const ORIGIN = 'http://diagrams.test';
const ROOT = dirname(createRequire(import.meta.url).resolve('../../package.json'));
let browser: Browser;
let page: Page;

beforeAll(async () => {
  if (skipsBrowser) return;
  browser = await launch();
  page = await browser.newPage();
  // Nothing leaves: whatever is asked for comes from node_modules.
  await page.route('**/*', (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: PAGE });
    const body = readFileSync(join(ROOT, 'node_modules', pathname));
    return route.fulfill({ contentType: 'text/javascript', body });
  });
  await page.goto(`${ORIGIN}/`);
}, 60_000);
afterAll(() => browser?.close());

/** The texts of the picture in order, or the error. */
function drawn(kind: 'mermaid' | 'plantuml', diagram: string): Promise<string[]> {
  return page.evaluate(`${kind}Texts(${JSON.stringify(diagram)})`) as Promise<string[]>;
}

const PAGE = `<!doctype html><meta charset="utf-8"><script src="/mermaid/dist/mermaid.min.js"></script><script type="module">
import { renderToString } from '/@plantuml/core/plantuml.js';
const textsOf = (svg) => [...new DOMParser().parseFromString(svg, 'text/html').querySelectorAll('text')].map((one) => one.textContent.replaceAll('\\u00a0', ' '));
window.plantumlTexts = (text) => new Promise((done) => renderToString(text.split('\\n'), (svg) => done(textsOf(svg)), (error) => done([String(error)])));
mermaid.initialize({ startOnLoad: false });
window.mermaidTexts = async (text) => textsOf((await mermaid.render('picture', text)).svg);
window.ready = true;
</script>`;

test.skipIf(skipsBrowser)(`Mermaid draws the characters as they are${whetherBrowser}`, async () => {
  await page.waitForFunction('window.ready');
  const texts = (await drawn('mermaid', renderMermaid([anyAscii]))).join('\n');
  expect(TEXTS.filter((text) => !texts.includes(` 600 ${text}`))).toEqual([]);
});

test.skipIf(skipsBrowser)(`PlantUML draws the characters as they are${whetherBrowser}`, async () => {
  await page.waitForFunction('window.ready');
  const texts = (await drawn('plantuml', [...renderPlantuml(anyAscii)].join(''))).join('\n');
  expect(TEXTS.filter((text) => !texts.includes(` 600 ${text}`))).toEqual([]);
});

test.skipIf(skipsBrowser)(`PlantUML draws calls, whatever is in them${whetherBrowser}`, async () => {
  await page.waitForFunction('window.ready');
  const some = fc.sample(flow, { numRuns: 6, seed: 1 });
  for (const call of [plays.two, plays.five, plays.joined, plays.media, ...some]) {
    const drawing = draw(call);
    const texts = await drawn('plantuml', [...renderPlantuml(drawing)].join(''));
    expect(texts.filter((text) => /syntax error|cannot/i.test(text))).toEqual([]);
    const arrows = drawing.rows.filter(({ kind }) => kind === 'arrow' || kind === 'stream').length;
    expect(texts.filter((text) => /^-?\d+\.\d{6}\b/.test(text)).length).toBe(arrows);
  }
});
