import fc from 'fast-check';
import { expect, it } from 'vitest';
import { HEADER, HEADERS, headerId, headerIdAt, isCommaList } from '../../src/sip/header/header-names.ts';

function at(name: string): number {
  const octets = Buffer.from(`\n${name}:`, 'latin1');
  return headerIdAt(
    octets,
    new DataView(octets.buffer, octets.byteOffset, octets.length),
    1,
    1 + name.length,
  );
}

function naive(name: string): number {
  if (name === '') return 0;
  const wanted = name.toLowerCase();
  return (
    HEADERS.find((header) => header.id > 0 && [header.name.toLowerCase(), header.compact].includes(wanted))
      ?.id ?? 0
  );
}

it('finds every name and compact form in any case', () => {
  const spellings = HEADERS.slice(1).flatMap(({ id, name, compact }) =>
    [name, name.toUpperCase(), name.toLowerCase(), compact, compact.toUpperCase()]
      .filter((spelling) => spelling !== '')
      .map((spelling) => ({ spelling, id })),
  );
  for (const { spelling, id } of spellings) {
    expect([spelling, headerId(spelling), at(spelling)]).toEqual([spelling, id, id]);
  }
});

it('has the compact forms of the registry', () => {
  const forms = HEADERS.filter(({ compact }) => compact !== '').map(
    ({ name, compact }) => `${compact} ${name}`,
  );
  expect(forms.sort()).toEqual([
    'a Accept-Contact',
    'b Referred-By',
    'c Content-Type',
    'd Request-Disposition',
    'e Content-Encoding',
    'f From',
    'i Call-ID',
    'j Reject-Contact',
    'k Supported',
    'l Content-Length',
    'm Contact',
    'n Identity-Info',
    'o Event',
    'r Refer-To',
    's Subject',
    't To',
    'u Allow-Events',
    'v Via',
    'x Session-Expires',
    'y Identity',
  ]);
});

it('looks up like a plain search, for any name and any near miss of a registered one', () => {
  const token = fc.string({ unit: fc.constantFrom(...'abCDeinrtovVY-_.%01@[{'), maxLength: 12 });
  const nearMiss = fc
    .tuple(
      fc.constantFrom(...HEADERS.slice(1).map(({ name }) => name)),
      fc.nat(40),
      fc.constantFrom(...'aZ-_@[{\u007f\u00cd'),
    )
    .map(([name, index, letter]) => name.slice(0, index) + letter + name.slice(index + 1));
  fc.assert(
    fc.property(
      fc.oneof(token, nearMiss),
      (name) => at(name) === naive(name) && headerId(name) === naive(name),
    ),
  );
});

it('knows which headers are lists', () => {
  const names = ['Via', 'Contact', 'Call-Info', 'Warning', 'Allow'] as const;
  const others = [
    'WWW-Authenticate',
    'Authorization',
    'Date',
    'Subject',
    'From',
    'To',
    'Call-ID',
    'CSeq',
    'Identity',
  ] as const;
  expect(names.map((name) => isCommaList(HEADER[name]))).toEqual(names.map(() => true));
  expect(others.map((name) => isCommaList(HEADER[name]))).toEqual(others.map(() => false));
});

it('explains every header', () => {
  expect(HEADERS.slice(1).filter(({ reference, purpose }) => reference === '' || purpose === '')).toEqual([]);
  expect(HEADERS[HEADER.Via]).toEqual({
    id: HEADER.Via,
    name: 'Via',
    compact: 'v',
    shape: 'list',
    reference: 'RFC 3261 §20.42',
    purpose: 'path the request took, which its responses take back',
  });
});
