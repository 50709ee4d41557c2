import { describe, expect, it } from 'vitest';
import { parseMediaType } from '../../src/sip/body/media-type.ts';
import { leafParts, type MimePart, parseBody } from '../../src/sip/body/multipart.ts';
import { request } from './request.ts';

function parse(
  body: string,
  type = 'multipart/mixed;boundary=b1',
): { tree: unknown; problems: readonly string[] } {
  const data = Buffer.from(`head${body}`);
  const { parts, problems } = parseBody(data, 4, data.length, parseMediaType(type));
  const show = (part: MimePart): unknown => {
    const text = data.toString('utf8', part.start, part.end);
    return part.parts.length > 0
      ? [part.contentType.name, part.parts.map(show)]
      : [part.contentType.name, text];
  };
  return { tree: parts.map(show), problems };
}

describe('RFC 2046 §5.1', () => {
  it.each([
    [
      'preamble, epilogue, a part without headers',
      'pre\r\n--b1\r\n\r\none\r\n--b1 \t\r\nContent-Type: text/html\r\n\r\ntwo\r\n\r\n--b1--\r\nepilogue\r\n--b1\r\n',
      [
        ['text/plain', 'one'],
        ['text/html', 'two\r\n'],
      ],
    ],
    ['bare LF', '--b1\n\none\n--b1--', [['text/plain', 'one']]],
    ['an empty part', '--b1\r\n\r\n--b1--', [['text/plain', '']]],
    [
      'a boundary that goes on is another',
      '--b1\r\n\r\n--b12\r\nx\r\n--b1--',
      [['text/plain', '--b12\r\nx']],
    ],
    ['a boundary within a line is none', '--b1\r\n\r\na --b1\r\n--b1--', [['text/plain', 'a --b1']]],
    [
      'nested',
      '--b1\r\nContent-Type:\r\n multipart/alternative;\r\n boundary="in ner"\r\n\r\n--in ner\r\n\r\nx\r\n--in ner--\r\n--b1--',
      [['multipart/alternative', [['text/plain', 'x']]]],
    ],
  ])('%s', (_name, body, tree) => {
    expect(parse(body)).toEqual({ tree, problems: [] });
  });

  it('a digest holds messages', () => {
    expect(parse('--b1\r\n\r\nx\r\n--b1--', 'multipart/digest;boundary=b1').tree).toEqual([
      ['message/rfc822', 'x'],
    ]);
  });
});

describe('malformed', () => {
  it.each([
    ['multipart/mixed', '--b1\r\n\r\nx\r\n--b1--', [], ['multipart without a boundary']],
    ['multipart/mixed;boundary=b1', 'x', [], ['boundary is not in the body']],
    ['multipart/mixed;boundary=b1', '--b1\r\n\r\nx', [['text/plain', 'x']], ['closing boundary is missing']],
    ['multipart/mixed;boundary=b1', '--b1', [['text/plain', '']], ['closing boundary is missing']],
  ])('%s %j', (type, body, tree, problems) => {
    expect(parse(body, type)).toEqual({ tree, problems });
  });

  it('has caps on depth and number', () => {
    const open = (level: number): string =>
      `--b${level}\r\nContent-Type: multipart/mixed;boundary=b${level + 1}\r\n\r\n`;
    const deep = Array.from({ length: 20 }, (_, index) => open(index + 1)).join('');
    expect(parse(deep).problems).toContain('multipart nested deeper than 8');
    expect(parse('--b1\r\n\r\n'.repeat(1000)).problems).toEqual(['more than 256 parts']);
  });
});

it('finds the session description within', () => {
  const body =
    '--b1\r\nContent-Type: multipart/related;boundary=b2\r\n\r\n--b2\r\nContent-Type: Application/SDP\r\n\r\nv=0\r\n--b2--\r\n--b1--\r\n';
  const message = request({ lines: ['Content-Type: multipart/mixed;boundary=b1'], body });
  const range = message.sdpBody();
  expect(range && message.data.toString('latin1', range.start, range.end)).toBe('v=0');
  expect(leafParts(message.parts()).length).toBe(1);
});
