// PNG by sharp: the SVG, twice as large; and what is said where it cannot be.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { pngOf } from '../../src/cli/ladder/png.ts';
import { scratchFolder, sipspect } from './program.ts';

const folder = scratchFolder();
const CAPTURE = 'samples/failed-calls/failed-calls.pcapng';

test.for([['ladder', '--index', '1'], ['stats']])('%s as PNG', async (verb) => {
  const [png, svg] = [join(folder, 'a.png'), join(folder, 'a.svg')];
  for (const path of [png, svg])
    expect(await sipspect([...verb, '-o', path, CAPTURE])).toEqual({ stdout: '', stderr: '', status: 0 });
  const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(readFileSync(svg, 'utf8'))!;
  const image = await sharp(png).metadata();
  expect({ format: image.format, width: image.width, height: image.height }).toEqual({
    format: 'png',
    width: 2 * Number(width),
    height: 2 * Number(height),
  });
  const { channels, dominant } = await sharp(png).stats();
  // Paper, and ink on it.
  expect(dominant).toEqual({ r: 248, g: 248, b: 248 });
  expect(Math.min(...channels.slice(0, 3).map(({ min }) => min))).toBeLessThan(40);
});

test('octets to a pipe', async () => {
  const { stdout, status } = await sipspect(['ladder', '--index', '1', '--format', 'png', CAPTURE], {
    octets: true,
  });
  expect(status).toBe(0);
  expect(stdout.slice(0, 8)).toBe('\x89PNG\r\n\x1a\n');
});

test('a picture that no renderer draws, and no renderer, are said in a line', async () => {
  const svg = (width: number, height: number): string =>
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"></svg>`;
  await expect(pngOf(svg(900, 90_000))).rejects.toThrow(
    'the picture is too large for PNG: choose fewer calls with --index, or take svg',
  );
  const missing = (): Promise<unknown> => Promise.reject(new Error('Cannot find package'));
  await expect(pngOf(svg(10, 10), missing)).rejects.toThrow(
    'PNG is drawn by sharp, which is not installed: npm install sharp; or take svg',
  );
  expect((await sharp(await pngOf(svg(400, 20_000))).metadata()).height).toBe(32_000);
});
