// What a terminal sends (ECMA-48 §5.4, xterm's control sequences) → keys by name: `up`, `f3`, `ctrl-f`, `enter`, or the
// character itself; and the mouse (SGR 1006).

export interface Key {
  /** `a`, `A`, `<`, `space`, `enter`, `escape`, `tab`, `backspace`, `up`, `page-down`, `f10`, `ctrl-d`, `click`, `wheel-up` … */
  readonly name: string;
  /** What it types; '' for keys that type nothing. */
  readonly text: string;
  /** Of the mouse: 0-based column and row. */
  readonly x: number;
  readonly y: number;
}

export function key(name: string, text = '', x = 0, y = 0): Key {
  return { name, text, x, y };
}

/** One sequence, or a run of characters (what was pasted). */
export function parseKeys(input: string): Key[] {
  const keys: Key[] = [];
  for (let at = 0; at < input.length; ) {
    if (input[at] === '\x1b') {
      const sequence = SEQUENCE.exec(input.slice(at))?.[0] ?? '\x1b';
      const found = sequence === '\x1b' ? key('escape') : keyOf(sequence);
      if (found !== null) keys.push(found);
      at += sequence.length;
      continue;
    }
    const character = String.fromCodePoint(input.codePointAt(at)!);
    keys.push(plainKey(character));
    at += character.length;
  }
  return keys;
}

function plainKey(character: string): Key {
  const name = PLAIN[character];
  if (name !== undefined) return key(name, name === 'space' ? ' ' : '');
  const code = character.charCodeAt(0);
  if (code < 0x20) return key(`ctrl-${String.fromCharCode(code + 0x60)}`);
  return key(character, character);
}

function keyOf(sequence: string): Key | null {
  const mouse = MOUSE.exec(sequence);
  if (mouse !== null) return mouseKey(Number(mouse[1]), Number(mouse[2]), Number(mouse[3]), mouse[4]!);
  // A modifier (`1;5`) makes no other key of it.
  const name =
    NAMED[
      sequence
        .slice(1)
        .replace(/^\[1;\d+/, '[')
        .replace(/;\d+~$/, '~')
    ];
  return name === undefined ? null : key(name);
}

function mouseKey(button: number, x: number, y: number, end: string): Key | null {
  if (button === 64) return key('wheel-up', '', x - 1, y - 1);
  if (button === 65) return key('wheel-down', '', x - 1, y - 1);
  return button === 0 && end === 'M' ? key('click', '', x - 1, y - 1) : null;
}

const SEQUENCE = /^\x1b(?:\[\[?[0-9;<?]*[ -/]*[@-~]|O[0-9;]*[@-~])/;
const MOUSE = /^\x1b\[<(\d+);(\d+);(\d+)([Mm])$/;

const PLAIN: Readonly<Record<string, string>> = {
  ' ': 'space',
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\x7f': 'backspace',
  '\b': 'backspace',
};

const NAMED: Readonly<Record<string, string>> = {
  ...{ '[A': 'up', '[B': 'down', '[C': 'right', '[D': 'left', '[H': 'home', '[F': 'end', '[Z': 'back-tab' },
  ...{ OA: 'up', OB: 'down', OC: 'right', OD: 'left', OH: 'home', OF: 'end', OM: 'enter' },
  ...{ '[1~': 'home', '[7~': 'home', '[4~': 'end', '[8~': 'end', '[5~': 'page-up', '[6~': 'page-down' },
  ...{ '[3~': 'delete', '[2~': 'insert' },
  ...{ OP: 'f1', OQ: 'f2', OR: 'f3', OS: 'f4', '[P': 'f1', '[Q': 'f2', '[R': 'f3', '[S': 'f4' },
  ...{
    '[11~': 'f1',
    '[12~': 'f2',
    '[13~': 'f3',
    '[14~': 'f4',
    '[[A': 'f1',
    '[[B': 'f2',
    '[[C': 'f3',
    '[[D': 'f4',
  },
  ...{ '[[E': 'f5', '[15~': 'f5', '[17~': 'f6', '[18~': 'f7', '[19~': 'f8', '[20~': 'f9', '[21~': 'f10' },
};
