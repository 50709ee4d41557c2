// A strict reader of the XML that reports are: elements, attributes, text, the predefined entities. Throws on anything else, and
// on characters that XML 1.0 §2.2 does not allow.

export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlNode[];
  readonly text: string;
}

export function xmlTree(xml: string, head = '<?xml version="1.0" encoding="UTF-8"?>\n'): XmlNode {
  const bad = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.exec(xml);
  if (bad !== null) throw new Error(`character ${bad[0].codePointAt(0)} at ${bad.index}`);
  if (!xml.startsWith(head)) throw new Error('no XML declaration');
  const reader = { xml, at: head.length };
  const root = element(reader);
  if (xml.slice(reader.at).trim() !== '') throw new Error(`more than one root at ${reader.at}`);
  return root;
}

interface Reader {
  readonly xml: string;
  at: number;
}

function element(reader: Reader): XmlNode {
  const [, name = '', list = '', empty] = take(
    reader,
    /<([a-z][a-z0-9-]*)((?: [a-zA-Z-]+\d?="[^"<]*")*)(\/?)>/y,
  );
  const attributes = Object.fromEntries(
    [...list.matchAll(/ ([a-zA-Z-]+\d?)="([^"]*)"/g)].map(([, key, value]) => [key!, plain(value!)]),
  );
  const children: XmlNode[] = [];
  let text = '';
  if (empty === '/') return { name, attributes, children, text };
  for (;;) {
    text += plain(take(reader, /[^<]*/y)[0]!);
    if (reader.xml.startsWith('</', reader.at)) {
      if (take(reader, /<\/([a-z0-9-]+)>/y)[1] !== name)
        throw new Error(`${name} is not closed at ${reader.at}`);
      return { name, attributes, children, text };
    }
    children.push(element(reader));
  }
}

function take(reader: Reader, pattern: RegExp): RegExpExecArray {
  pattern.lastIndex = reader.at;
  const match = pattern.exec(reader.xml);
  if (match === null)
    throw new Error(`not ${pattern} at ${reader.at}: ${reader.xml.slice(reader.at, reader.at + 40)}`);
  reader.at += match[0].length;
  return match;
}

function plain(text: string): string {
  if (text.includes(']]>')) throw new Error(']]> in text');
  return text.replace(/&([^;]*;?)/g, (_, name: string) => {
    const code = /^#(\d+);$/.exec(name);
    if (code !== null) return String.fromCodePoint(Number(code[1]));
    const character = { 'amp;': '&', 'lt;': '<', 'gt;': '>', 'quot;': '"', 'apos;': "'" }[name];
    if (character === undefined) throw new Error(`no entity &${name}`);
    return character;
  });
}
