// What a program writes to a terminal → the lines that are then to be seen on it, and which of them is drawn in reverse: as much
// of ECMA-48 as a full-screen program sends that draws with the cursor.
import { StringDecoder } from 'node:string_decoder';

export class TerminalScreen {
  constructor(columns, rows) {
    Object.assign(this, { columns, rows, x: 0, y: 0, reverse: false, held: '' });
    this.decoder = new StringDecoder('utf8');
    this.cells = Array.from({ length: rows }, () => Array(columns).fill(' '));
    this.reversed = Array.from({ length: rows }, () => Array(columns).fill(false));
  }

  write(octets) {
    const text = this.held + this.decoder.write(octets);
    let at = 0;
    while (at < text.length) {
      if (text[at] !== '\x1b') {
        at += this.#plain(text, at);
        continue;
      }
      SEQUENCE.lastIndex = at;
      const found = SEQUENCE.exec(text);
      if (found === null) break;
      this.#sequence(found[1] ?? '', found[2] ?? '');
      at += found[0].length;
    }
    this.held = text.slice(at);
  }

  line(row) {
    return this.cells[row].join('').trimEnd();
  }

  get lines() {
    return this.cells.map((_, row) => this.line(row));
  }

  /** The first line in reverse, with its place; undefined where there is none. */
  get chosen() {
    const row = this.reversed.findIndex((cells) => cells.includes(true));
    return row < 0 ? undefined : { row, text: this.line(row) };
  }

  #plain(text, at) {
    const character = String.fromCodePoint(text.codePointAt(at));
    if (character === '\r') this.x = 0;
    else if (character === '\n') {
      // A terminal in the mode that programs find sends it as CR LF.
      this.x = 0;
      this.y = Math.min(this.rows - 1, this.y + 1);
    } else if (character >= ' ' && this.x < this.columns) {
      this.reversed[this.y][this.x] = this.reverse;
      this.cells[this.y][this.x++] = character;
    }
    return character.length;
  }

  #sequence(parameters, final) {
    const [first = 0] = parameters.split(';').map(Number);
    const by = Math.max(1, first);
    if (final === 'A') this.y = Math.max(0, this.y - by);
    else if (final === 'B') this.y = Math.min(this.rows - 1, this.y + by);
    else if (final === 'C') this.x = Math.min(this.columns - 1, this.x + by);
    else if (final === 'D') this.x = Math.max(0, this.x - by);
    else if (final === 'E') this.#goTo(0, this.y + by);
    else if (final === 'F') this.#goTo(0, this.y - by);
    else if (final === 'G') this.x = by - 1;
    else if (final === 'H') this.#goTo(Number(parameters.split(';')[1] ?? 1) - 1, by - 1);
    else if (final === 'J') this.#eraseDown(parameters === '2');
    else if (final === 'K') this.#eraseLine(this.y, parameters === '2' ? 0 : this.x);
    else if (final === 'm')
      this.reverse = parameters.split(';').reduce((now, one) => {
        return one === '7' ? true : one === '0' || one === '' || one === '27' ? false : now;
      }, this.reverse);
  }

  #goTo(x, y) {
    this.x = Math.max(0, Math.min(this.columns - 1, x));
    this.y = Math.max(0, Math.min(this.rows - 1, y));
  }

  #eraseDown(all) {
    if (!all) this.#eraseLine(this.y, this.x);
    for (let row = all ? 0 : this.y + 1; row < this.rows; row++) this.#eraseLine(row, 0);
  }

  #eraseLine(row, from) {
    this.cells[row].fill(' ', from);
    this.reversed[row].fill(false, from);
  }
}

const SEQUENCE = /\x1b(?:\[([0-9;?<>]*)[ -/]*([@-~])|\][^\x07]*\x07|[()][0-9A-B]|[=>78A-Z])/y;
