// The text of a Cisco configuration → its lines: numbered, without prompts, line ends and what the terminal added.

export interface ConfigLine {
  /** 1-based, in the text. */
  readonly line: number;
  /** Spaces before it; null when it was typed at a prompt, where indentation says nothing. */
  readonly indent: number | null;
  /** What it says, in words. Never empty. */
  readonly words: readonly string[];
}

/** Comments (`!`), empty lines and what `show running-config` says of itself are left out. */
export function configLines(text: string): ConfigLine[] {
  const lines: ConfigLine[] = [];
  for (const [index, raw] of text.split(/\r\n|\n|\r/).entries()) {
    // A pager's --More-- is rubbed out again with backspaces.
    const shown = raw
      .slice(0, MOST_CHARACTERS)
      .replace(/^ ?-+ ?More ?-+ ?/i, '')
      .replace(/[\b\0]+ *[\b\0]*/g, '');
    const said = shown.replace(PROMPT, '');
    const words = said.split(/\s+/).filter((word) => word !== '');
    if (words.length === 0 || words[0].startsWith('!') || CHATTER.test(words.join(' '))) continue;
    const indent = said.length < shown.length ? null : shown.length - shown.trimStart().length;
    lines.push({ line: index + 1, indent, words });
  }
  return lines;
}

/** What a line says, for people. */
export function textOf({ words }: ConfigLine): string {
  return words.join(' ');
}

const MOST_CHARACTERS = 1000;
// `Router(config-sbc-sbe)# `, `Router#`.
const PROMPT = /^(?:[\w.-]{1,64})?\(config[\w-]{0,64}\)#\s*|^[\w.-]{1,64}[#>]\s*/;
const CHATTER =
  /^(?:Building configuration|Current configuration|Last configuration change|NVRAM config|Enter configuration commands|show run|configure terminal$|conf t$|terminal length|write memory$|enable$)/i;
