// A call whose reason phrases hold all of ASCII, piece by piece, and what means something in markup and diagrams.
import fc from 'fast-check';
import { draw } from '../../src/ladder/draw.ts';
import type { Drawing } from '../../src/ladder/drawing.ts';
import { two } from './plays.ts';
import { endpoint } from './scene.ts';

/** What diagrams and markup are made of. */
const MARKS = [...'~*_-/"\'<>[]{}()|#&;:!%$@=.,\\^`?+a1'];

export const TEXTS: readonly string[] = [
  ...fc.sample(fc.string({ unit: fc.constantFrom(...MARKS), minLength: 1, maxLength: 14 }), {
    seed: 5,
    numRuns: 80,
  }),
  ...Array.from({ length: 8 }, (_, row) =>
    Array.from({ length: 12 }, (_, at) => String.fromCharCode(0x20 + row * 12 + at))
      .join('')
      .trim(),
  ).map((text) => text.replaceAll('\x7f', '')),
  'style a:b #35; c',
  'classDef x:y#1;',
  'wrap: me',
  '%%{init: {"a":1}}%%',
  '<img src=x onerror=alert(1)>',
  '</text><script>evil()</script>',
  ']]> <!-- --> <?x?>',
  '**bold** //it// __u__ --s--',
  '\\n \\t \\\\ ~~wave~~ ""mono""',
  '[[http://example.com a]] <&icon>',
  '!include /etc/passwd',
  '%date() $x !$y = 1',
  '@enduml',
  "' comment /' block '/",
  'end',
  'a :: b ; c # d',
  '$$x^2$$ `code`',
  '== x == ... y ...',
  '<U+0041> &#65; &amp; #9829;',
  '|x| ||y|| {z} [w]',
];

/** Each text as the reason of a response; `200` before it. */
export const anyAscii: Drawing = draw({
  ...two,
  messages: TEXTS.map((reason, index) => ({
    ...two.messages[3]!,
    frame: index + 1,
    nanoseconds: index * 1000,
    src: endpoint('198.51.100.7:5060'),
    status: 600,
    reason,
    cseqNumber: -1,
    cseqMethod: '',
    delay: null,
  })),
});
