// Octets come back whole, and lines that a call had before take four octets.
import { expect, test } from 'vitest';
import { readOctets } from '../../src/dialog/kept-octets.ts';
import { KeptPages, PageChain } from '../../src/dialog/kept-pages.ts';

const HEAD = Buffer.from('head');

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
  expect(sizes).toEqual([4 + 2 + first.length, 4 + 2 + 33 + 4 + 2 + 2, 4 + 4 + 4 + 2 + 2]);
  expect(read(pages, chain, [first, second, second])).toEqual([first, second, second]);
});

test('what another call had says nothing of this one', () => {
  const pages = new KeptPages();
  const chains = [new PageChain(), new PageChain()];
  const text = `Call-ID: ${'x'.repeat(600)}\r\n`;
  for (const [index, chain] of chains.entries()) keep(pages, chain, index, text);
  expect(chains.map((chain) => chain.length)).toEqual([4 + 2 + text.length, 4 + 2 + text.length]);
  expect(chains.flatMap((chain) => read(pages, chain, [text]))).toEqual([text, text]);
});

test('a line longer than a length can say comes back', () => {
  const pages = new KeptPages();
  const chain = new PageChain();
  const texts = [`X: ${'y'.repeat(70_000)}\r\n`, '', `X: ${'y'.repeat(70_000)}\r\nshort\r\n`];
  for (const text of texts) keep(pages, chain, 7, text);
  expect(read(pages, chain, texts)).toEqual(texts);
});

function keep(pages: KeptPages, chain: PageChain, serial: number, text: string): void {
  const data = Buffer.from(`..${text}..`);
  pages.octets.append(pages, chain, serial, HEAD, data, 2, data.length - 2);
}

function read(pages: KeptPages, chain: PageChain, texts: readonly string[]): string[] {
  const kept = pages.copy(chain);
  let at = 0;
  return texts.map(({ length }) => {
    const to = Buffer.alloc(length);
    at = readOctets(kept, at + HEAD.length, length, to, 0);
    return to.toString();
  });
}
