// Every key of the help (F1), by section and as it is listed there, with what is pressed to see what it does. A step is a key by
// its name in tmux, `type TEXT`, `click X Y`, `wheel-up X Y`, `wheel-down X Y`, or `size COLUMNS ROWS`; `size` alone is the size
// that the session began with. Entries without a name bring the session where the next ones need it.

export type KeyEntry = readonly [label: string, steps: readonly string[]];

/** In the order in which they are pressed. What ends the session or empties the list comes last. */
export const KEY_TABLE: readonly (readonly [section: string, entries: readonly KeyEntry[]])[] = [
  [
    'Everywhere',
    [
      ['Up Down k j', ['Down', 'j', 'k', 'Up', 'j']],
      ['F1 ?', ['?', 'q', 'F1']],
      ['PgUp PgDn Ctrl-B Ctrl-F', ['NPage', 'C-f', 'C-b', 'PPage']],
      ['Ctrl-U Ctrl-D', ['C-d', 'C-u']],
      ['Home End g G', ['G', 'g', 'End', 'Home']],
      ['', ['size 61 13', 'size']],
      ['Esc q', ['Escape', 'q', 'n', 'Escape', 'n']],
      ['Mouse', ['click 10 7', 'wheel-down 10 5', 'wheel-up 10 5', 'click 10 6', 'click 10 6', 'Escape']],
      ['', ['click 12 3', 'click 6 3']],
      ['', ['size 100 12', 'size 43 10', 'size']],
    ],
  ],
  [
    'Ladder',
    [
      ['', ['Home', 'Enter']],
      ['m', ['m', 'm']],
      ['', ['q', 'End', 'k', 'Enter']],
      ['F4 x', ['F4', 'x', 'x']],
      ['b', ['b', 'size 70 20', 'size', 'q']],
      ['Space', ['Space', 'j', 'Space', 'j', 'Escape']],
      ['Enter', ['Enter', 'q']],
      ['e', ['e', 'q']],
      ['F5 d', ['F5', 'd', 'd', 'd']],
      ['F6 r', ['F6', 'q', 'r', 'q']],
      ['F7 C', ['F7', 'C', 'C']],
      ['w', ['w', 'w', 'w']],
      ['a', ['a', 'a']],
      ['9 0', ['9', '0']],
      ['t', ['t', 't']],
      ['T', ['T']],
      ['h l', ['l', 'h']],
      ['D', ['D', 'D']],
      ['F2 s', ['F2', 'Escape', 's', 'Escape']],
      ['', ['size 110 30', 'G', 'size', 'q']],
    ],
  ],
  [
    'Message',
    [
      ['', ['Home', 'Enter', 'Enter']],
      ['Left Right n N', ['Right', 'n', 'N', 'Left']],
      ['d', ['d', 'd']],
      ['r', ['r', 'G', 'r']],
      ['', ['size 70 18', 'size', 'q', 'q']],
    ],
  ],
  [
    'Findings',
    [
      ['', ['e']],
      ['Enter', ['Enter', 'q']],
      ['e', ['j', 'e', 'size 60 20', 'size', 'q']],
      ['', ['q']],
    ],
  ],
  [
    'Columns',
    [
      ['', ['t']],
      ['Space', ['Space', 'Space']],
      ['+ -', ['+', '-']],
      ['Enter', ['j', 'Space', 'Enter']],
      ['s', ['t', 'size 60 16', 's', 'size']],
    ],
  ],
  [
    'Settings',
    [
      ['', ['o']],
      ['Left Right Space', ['Right', 'Left', 'Space']],
      ['Enter', ['Enter']],
      ['Ctrl-S', ['o', 'size 60 16', 'C-s', 'size']],
    ],
  ],
  [
    'List of calls',
    [
      ['Enter', ['Home', 'Enter', 'q']],
      ['F4 x', ['F4', 'q', 'x', 'q']],
      ['Space', ['Space', 'Space']],
      ['F2 s', ['F2', 'Escape', 's', 'Down', 'Right', 'Enter']],
      ['F6 r', ['F6', 'q', 'r', 'q']],
      ['F8 o', ['F8', 'Escape', 'o', 'Escape']],
      ['F10 t', ['F10', 'Escape', 't', 'Escape']],
      ['< >', ['>', '>', '<']],
      ['z', ['z', 'z', '<']],
      ['Left Right', ['Right', 'Right', 'Left', 'Left']],
      ['e', ['e', 'q']],
      ['i', ['i', 'G', 'size 70 15', 'size', 'q']],
      ['p', ['p', 'p']],
      ['A', ['A', 'A']],
      ['h', ['h', 'q']],
      ['Ctrl-L', ['C-l']],
      ['F7 f', ['F7', 'type gone', 'Enter', 'f', 'size 60 14', 'size', 'Up', 'Enter']],
      [
        'F3 / Tab',
        ['/', 'type busy', 'Enter', 'F3', 'BSpace', 'Escape', 'Tab', 'type sip.Status-Code == 603', 'Enter'],
      ],
      ['F9', ['F9', '/', 'Escape']],
      ['F5', ['F5']],
    ],
  ],
  ['Everywhere', [['Ctrl-C', ['C-c']]]],
];

/** The keys that a label of the help names, as tmux names them. */
export function keysOf(label: string): string[] {
  return label.split(' ').map((word) => TMUX_NAMES[word] ?? word.replace(/^Ctrl-(.)$/, controlOf));
}

function controlOf(_: string, letter: string): string {
  return `C-${letter.toLowerCase()}`;
}

const TMUX_NAMES: Readonly<Record<string, string>> = { PgUp: 'PPage', PgDn: 'NPage', Esc: 'Escape' };
