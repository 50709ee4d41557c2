// Octets come back whole, and lines that a call had before take four octets.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readOctets } from '../../src/dialog/kept/kept-octets.ts';
import { KeptPages, PageChain } from '../../src/dialog/kept/kept-pages.ts';

test('lines that a call had before are said by where they stand', () => {
  const pages = new KeptPages();
  const chain = new PageChain();
  const first =
    'INVITE sip:bob@example.com SIP/2.0\r\nCall-ID: 1@example.com\r\nFrom: <sip:a@b>;tag=1\r\n\r\n';
  const second = 'BYE sip:bob@example.com SIP/2.0\r\nCall-ID: 1@example.com\r\nFrom: <sip:a@b>;tag=1\r\n\r\n';
  const sizes = [first, second, second].map((text) => {
    const before = chain.length;
    keep(pages, chain, 1, text);
    return chain.length - before;
  });
  // A head, lengths of two octets, and what is new; the last time a copy and the line that is too short for one.
  expect(sizes).toEqual([1 + 2 + first.length, 1 + 2 + 33 + 4 + 2 + 2, 1 + 4 + 4 + 2 + 2]);
  expect(read(pages, chain, [first, second, second])).toEqual([first, second, second]);
});

test('what another call had says nothing of this one', () => {
  const pages = new KeptPages();
  const chains = [new PageChain(), new PageChain()];
  const text = `Call-ID: ${'x'.repeat(600)}\r\n`;
  for (const [index, chain] of chains.entries()) keep(pages, chain, index, text);
  expect(chains.map((chain) => chain.length)).toEqual([1 + 2 + text.length, 1 + 2 + text.length]);
  expect(chains.flatMap((chain) => read(pages, chain, [text]))).toEqual([text, text]);
});

test('lines that many calls have are kept once, by their number', () => {
  const pages = new KeptPages();
  const chains = Array.from({ length: 20 }, () => new PageChain());
  const texts = chains.map(
    (_, index) => `Call-ID: ${index}@example.com\r\nUser-Agent: A Phone 1.0\r\nv=0\r\n`,
  );
  for (const [index, chain] of chains.entries()) keep(pages, chain, index, texts[index]!);
  const saved = chains.map((chain, index) => 1 + 2 + texts[index]!.length - chain.length);
  // Of its 25 octets are left: a word of copying, its number, and the length of what follows.
  expect(saved).toEqual([...Array(7).fill(0), ...Array(13).fill(25 - 4 - 2)]);
  expect(chains.flatMap((chain, index) => read(pages, chain, [texts[index]!]))).toEqual(texts);
});

test('whatever lines there are come back, however many calls share them', () => {
  const line = fc.oneof(
    fc.integer({ min: 0, max: 5 }).map((kind) => `X-Kind: the same as of many ${kind}\r\n`),
    fc.string({ maxLength: 40 }),
  );
  fc.assert(
    fc.property(
      fc.array(fc.record({ call: fc.nat(3), lines: fc.array(line) }), { minLength: 40, maxLength: 80 }),
      (messages) => {
        const pages = new KeptPages();
        const chains = [0, 1, 2, 3].map(() => new PageChain());
        const texts: string[][] = [[], [], [], []];
        for (const { call, lines } of messages) {
          const text = Buffer.from(lines.join('')).toString('latin1');
          texts[call]!.push(text);
          keep(pages, chains[call]!, call, text);
        }
        expect(chains.map((chain, call) => read(pages, chain, texts[call]!))).toEqual(texts);
      },
    ),
    { numRuns: 100 },
  );
});

test('more shared lines than there are numbers for come back all the same', () => {
  const pages = new KeptPages();
  const chains = Array.from({ length: 12 }, () => new PageChain());
  const text = Array.from({ length: 9000 }, (_, index) => `X-Line: number ${index}\r\n`).join('');
  for (const [index, chain] of chains.entries()) keep(pages, chain, index, text);
  const sizes = chains.map((chain) => chain.length);
  expect(sizes.at(-1)).toBeLessThan(0.75 * sizes[0]!);
  for (const chain of chains) expect(read(pages, chain, [text])).toEqual([text]);
});

test('a line longer than a length can say comes back', () => {
  const pages = new KeptPages();
  const chain = new PageChain();
  const texts = [`X: ${'y'.repeat(70_000)}\r\n`, '', `X: ${'y'.repeat(70_000)}\r\nshort\r\n`];
  for (const text of texts) keep(pages, chain, 7, text);
  expect(read(pages, chain, texts)).toEqual(texts);
});

function keep(pages: KeptPages, chain: PageChain, serial: number, text: string): void {
  const data = Buffer.from(`..${text}..`, 'latin1');
  pages.head.clear();
  pages.head.write(7);
  pages.octets.append(pages, chain, serial, data, 2, data.length - 2);
}

function read(pages: KeptPages, chain: PageChain, texts: readonly string[]): string[] {
  const kept = pages.gather(chain);
  let at = 0;
  return texts.map(({ length }) => {
    const to = Buffer.alloc(length);
    at = readOctets(kept, at + 1, length, to, 0, pages.octets.shared);
    return to.toString('latin1');
  });
}
