// Whole pictures of one play, and that no text whatever breaks what they are written in: XML, Mermaid, JSON.
import fc from 'fast-check';
import mermaid from 'mermaid';
import { expect, test } from 'vitest';
import { draw } from '../../src/ladder/draw.ts';
import { type Drawing, hasShaft } from '../../src/ladder/drawing.ts';
import { drawingRecord } from '../../src/ladder/drawing-record.ts';
import { renderHtml } from '../../src/ladder/html.ts';
import type { LadderMessage } from '../../src/ladder/html-message.ts';
import { renderMermaid } from '../../src/ladder/mermaid.ts';
import { renderPlantuml } from '../../src/ladder/plantuml.ts';
import { renderSvg } from '../../src/ladder/svg.ts';
import { type XmlNode, xmlTree } from '../audit/xml-tree.ts';
import { flow, text } from './any-flow.ts';
import { expectGolden } from './golden.ts';
import * as plays from './plays.ts';

const two = draw(plays.two);

function svgOf(drawings: readonly Drawing[], unseen = 0): string {
  return [...renderSvg(drawings, { unseen })].join('');
}

function htmlOf(drawing: Drawing, messages: readonly LadderMessage[]): string {
  return [...renderHtml([{ drawing, messages }], { digest: () => 'digest' })].join('');
}

test('a call as SVG, Mermaid, PlantUML and JSON', () => {
  expectGolden('two-endpoints', svgOf([two]), 'svg');
  expectGolden('two-endpoints', renderMermaid([two]), 'mmd');
  expectGolden('two-endpoints', [...renderPlantuml(two)].join(''), 'puml');
  expectGolden('two-endpoints', `${JSON.stringify(drawingRecord(two), null, 1)}\n`, 'json');
});

test('what was not captured, loops, forks and a silence, as Mermaid and PlantUML', () => {
  const drawings = [draw(plays.joined), draw(plays.five)];
  expectGolden('several', renderMermaid(drawings, { unseen: 3 }), 'mmd');
  expectGolden('several', drawings.map((each) => [...renderPlantuml(each)].join('')).join(''), 'puml');
});

test('media as SVG, Mermaid, PlantUML and JSON', () => {
  const drawing = draw(plays.media);
  expectGolden('with-media', svgOf([drawing]), 'svg');
  expectGolden('with-media', renderMermaid([drawing]), 'mmd');
  expectGolden('with-media', [...renderPlantuml(drawing)].join(''), 'puml');
  const streams = drawingRecord(drawing).rows.filter(({ kind }) => kind === 'stream');
  expect(streams[1]).toEqual({
    ...{ kind: 'stream', from: 0, to: 2, protocol: 'RTP', media: 'audio', codecs: ['PCMU/8000', 'CN/8000'] },
    ...{ source: '203.0.113.7:61000', destination: '10.0.0.6:20000', ssrc: 7, packets: 388, lost: 12 },
    ...{ jitter: 4.2, milliseconds: 7800, time: '2026-11-21T03:40:01.050000000Z', frames: [101, 4000] },
    ...{ sinceStart: 1050, sincePrevious: 39 },
  });
});

test('findings as SVG, HTML, Mermaid, PlantUML and JSON', () => {
  const drawing = draw(plays.judged);
  expectGolden('with-findings', svgOf([drawing]), 'svg');
  expectGolden('with-findings', htmlOf(drawing, []).replace(/<style>.*?<\/style>/s, ''), 'html');
  expectGolden('with-findings', renderMermaid([drawing]), 'mmd');
  expectGolden('with-findings', [...renderPlantuml(drawing)].join(''), 'puml');
  const found = drawingRecord(drawing).rows.flatMap((row): readonly object[] => {
    if (row.kind === 'arrow') return row.findings ?? [];
    return row.kind === 'remark' ? [row] : [];
  });
  expect(found).toEqual([
    { severity: 'warning', rule: 'transport/udp-too-large', message: 'INVITE of 1400 octets over UDP' },
    { severity: 'info', rule: 'message/mandatory-header', message: 'INVITE does not list Allow, Supported' },
    {
      severity: 'error',
      rule: 'dialog/ack-missing',
      message: 'a 200 <to> "INVITE" & no ACK \x1b[2J',
    },
    { severity: 'info', rule: 'message/mandatory-header', message: '200 does not list Allow' },
    { kind: 'remark', severity: 'error', text: 'error: of the whole capture [quality/no-answer]' },
    {
      kind: 'remark',
      severity: 'warning',
      text: 'warning: 200 packets of audio went one way [nat/one-way-audio]',
    },
    { kind: 'remark', text: 'completed' },
  ]);
});

test('several ladders stand one below the other in one SVG, which says what it leaves out', () => {
  const svg = xmlTree(svgOf([two, draw(plays.five)], 1), '');
  const texts = textsOf(svg);
  expect(texts.filter((words) => words.includes(' · call · '))).toEqual([
    '1 · call · completed · 1 min 15 s · 11 messages',
    '1 · call · completed · 6.20 s · 15 messages',
  ]);
  expect(texts.at(-1)).toBe('1 more ladder is not drawn');
});

test('a password in a URI is in no picture', () => {
  const drawing = draw({
    ...plays.two,
    from: 'sip:alice:s3cret@example.com',
    to: 'SIPS:bob:s3:cret@x.example',
  });
  const plantuml = [...renderPlantuml(drawing)].join('');
  for (const picture of [svgOf([drawing]), htmlOf(drawing, []), renderMermaid([drawing]), plantuml]) {
    expect(picture).not.toContain('s3');
    const parties = /sip:alice.*?example\.com → SIPS:bob.*?x\.example/.exec(picture)![0];
    expect(parties.replaceAll('&#42;', '*')).toBe('sip:alice:*****@example.com → SIPS:bob:*****@x.example');
  }
});

test('nothing in an SVG stands outside of it, from one column to thirty and from no row to five hundred', () => {
  const long = { ...plays.two, messages: Array.from({ length: 46 }, () => plays.two.messages).flat() };
  const wide = [1, 2, 5, 12, 30].map((count) => plays.chain(Math.max(count, 2)));
  for (const each of [...wide, long, { ...plays.two, messages: [] }, plays.instantMessages]) {
    const svg = xmlTree(svgOf([draw(each)]), '');
    const [, , width, height] = svg.attributes.viewBox!.split(' ').map(Number) as [
      number,
      number,
      number,
      number,
    ];
    for (const { x, y } of placesOf(svg, 0)) {
      expect(x >= 0 && x <= width && y >= 0 && y <= height).toBe(true);
    }
  }
});

test('whatever a capture says, the SVG is well-formed and holds nothing but drawing', () => {
  fc.assert(
    fc.property(flow, (call) => {
      const svg = xmlTree(svgOf([draw(call)]), '');
      expect([...new Set(namesOf(svg))].filter((name) => !DRAWN.has(name))).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test('whatever a capture says, the page has the same elements and no more', () => {
  const lines = fc.array(
    fc.record({ kind: fc.constantFrom('start-line', 'header', 'body', 'wrong', 'note'), text }),
    { maxLength: 4 },
  );
  fc.assert(
    fc.property(flow, fc.record({ head: fc.array(text, { maxLength: 3 }), lines }), (call, message) => {
      const html = htmlOf(
        draw(call),
        call.messages.map(() => message),
      );
      const [before, body = ''] = html.split('</head><body>\n');
      expect(before).toContain("default-src 'none'");
      const main = body.slice(0, body.indexOf('<script>'));
      // Quotes and angles are escaped: each tag is one of ours, and closed.
      const tree = xmlTree(`<body>${main}</body>`, '');
      expect(namesOf(tree).filter((name) => !PAGE.has(name))).toEqual([]);
      expect(namesOf(tree).filter((name) => name === 'section')).toEqual(['section']);
    }),
    { numRuns: 40 },
  );
});

test("whatever a capture says, Mermaid's own parser takes the diagram, with as many messages", async () => {
  await fc.assert(
    fc.asyncProperty(flow, async (call) => {
      const drawing = draw(call);
      const text = renderMermaid([drawing]);
      expect(await mermaid.parse(text)).toMatchObject({ diagramType: 'sequence' });
      const diagram = await mermaid.mermaidAPI.getDiagramFromText(text);
      const db = diagram.db as unknown as { getMessages(): { type: number; from?: string }[] };
      const arrows = db.getMessages().filter(({ type }) => type !== NOTE).length;
      expect(arrows).toBe(drawing.rows.filter(hasShaft).length);
    }),
    { numRuns: 60 },
  );
});

test('a diagram is never more than Mermaid draws, and says what it leaves out', async () => {
  const long = { ...plays.two, messages: Array.from({ length: 200 }, () => plays.two.messages).flat() };
  const diagram = renderMermaid([draw(long)]);
  expect(diagram.length).toBeLessThan(50_000);
  expect(diagram.trimEnd().split('\n').at(-1)).toMatch(
    /^ {2}Note over c1,c2: \d{4} more lines are not drawn$/,
  );
  await mermaid.parse(diagram);
});

test('whatever a capture says, PlantUML is a line for each thing, and no line means anything else', () => {
  fc.assert(
    fc.property(flow, (call) => {
      const drawing = draw(call);
      const lines = [...renderPlantuml(drawing)].join('').trimEnd().split('\n');
      for (const line of lines) expect(line).toMatch(PLANTUML_LINE);
      const arrows = lines.filter((line) => /^c\d+ -/.test(line)).length;
      expect(arrows).toBe(drawing.rows.filter(hasShaft).length);
    }),
    { numRuns: 200 },
  );
});

function namesOf({ name, children }: XmlNode): string[] {
  return [name, ...children.flatMap(namesOf)];
}

function textsOf({ name, text: words, children }: XmlNode): string[] {
  return [...(name === 'text' ? [words] : []), ...children.flatMap(textsOf)];
}

/** Where texts and rectangles begin and rectangles end. */
function placesOf({ name, attributes, children }: XmlNode, from: number): { x: number; y: number }[] {
  const [, down = '0'] = /^translate\(0 ([\d.]+)\)$/.exec(attributes.transform ?? '') ?? [];
  const top = from + Number(down);
  const [x, y] = [Number(attributes.x ?? 0), top + Number(attributes.y ?? 0)];
  const isBox = name === 'rect' && attributes.x !== undefined;
  const end = { x: x + Number(attributes.width), y: y + Number(attributes.height) };
  return [{ x, y }, ...(isBox ? [end] : []), ...children.flatMap((child) => placesOf(child, top))];
}

const DRAWN = new Set(['svg', 'title', 'desc', 'style', 'rect', 'g', 'path', 'line', 'text', 'tspan']);
const PAGE = new Set(
  'body main section h2 p div svg rect g path line text tspan title a aside article nav span pre b ul li'.split(
    ' ',
  ),
);
/** LINETYPE.NOTE of Mermaid's sequence diagrams. */
const NOTE = 2;
const TEXT = String.raw`(?:[^\n&#<>"'\x60~$%\\[\]{}^|*!]|&#\d+;|\\n)*`;
const PLANTUML_LINE = new RegExp(
  `^(?:@startuml|@enduml|skinparam sequenceMessageAlign center|skinparam shadowing false|title ${TEXT}|participant "${TEXT}" as c\\d+|c\\d+ -\\[#[0-9a-f]{6}\\](?:-?>|->x|>>) c\\d+ : ${TEXT}|note over c\\d+(?:, c\\d+)? : ${TEXT}|\\.\\.\\. ${TEXT} without messages \\.\\.\\.)$`,
);
