// An SVG picture → PNG, by sharp (https://sharp.pixelplumbing.com), which is not installed with sipspect: it weighs more than
// all the rest. It is loaded only here, when it is asked for.
import { CliError } from '../exit.ts';

/** Twice the size of the SVG in pixels, as sharp screens show it; less where that would be more than the renderer draws. */
export async function pngOf(svg: string, load: () => Promise<unknown> = loadSharp): Promise<Buffer> {
  const [, width = '1', height = '1'] = /^<svg [^>]*?width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
  const scale = Math.min(
    2,
    LONGEST / Math.max(Number(width), Number(height)),
    Math.sqrt(MOST_PIXELS / (Number(width) * Number(height))),
  );
  if (scale < LEAST_SCALE)
    throw new CliError('the picture is too large for PNG: choose fewer calls with --index, or take svg');
  const sharp = await load().then(
    (module) => (module as { default: Sharp }).default,
    () => {
      throw new CliError('PNG is drawn by sharp, which is not installed: npm install sharp; or take svg');
    },
  );
  return sharp(Buffer.from(svg), { density: 72 * scale })
    .png()
    .toBuffer();
}

/** As far as it is used here. */
type Sharp = (
  svg: Buffer,
  options: { readonly density: number },
) => { png(): { toBuffer(): Promise<Buffer> } };

// A variable: whoever bundles this leaves it alone.
function loadSharp(): Promise<unknown> {
  const name: string = 'sharp';
  return import(name);
}

/** Pixels that librsvg draws in one direction, with some to spare. */
const LONGEST = 32_000;
const MOST_PIXELS = 150_000_000;
const LEAST_SCALE = 0.5;
