// For the bundle: string-width makes its segmenter, which takes 30 ms, when there is something to segment. Most text is ASCII.
const MADE = 'const segmenter = new Intl.Segmenter();';
const LAZY = `let madeSegmenter;
const segmenter = { segment: (text) => (madeSegmenter ??= new Intl.Segmenter()).segment(text) };`;

export const lazySegmenter = {
  name: 'lazy-segmenter',
  transform(code, id) {
    if (!/[\\/]string-width[\\/]index\.js$/.test(id) || !code.includes('Segmenter')) return null;
    if (!code.includes(MADE)) throw new Error(`${id} makes its segmenter in another way now`);
    return code.replace(MADE, LAZY);
  },
};
