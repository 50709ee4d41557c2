// Every key, screen by screen.

export const HELP: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
  [
    'Everywhere',
    [
      ['Up Down k j', 'one line up, down'],
      ['PgUp PgDn Ctrl-B Ctrl-F', 'one page up, down'],
      ['Ctrl-U Ctrl-D', 'half a page up, down'],
      ['Home End g G', 'first, last'],
      ['Esc q', 'back; in the list of calls: quit'],
      ['Ctrl-C', 'quit at once'],
      ['F1 ?', 'these keys'],
      ['Mouse', 'the wheel scrolls, a click moves, a second one opens'],
    ],
  ],
  [
    'List of calls',
    [
      ['Enter', 'ladder of the call'],
      ['F4 x', 'ladder with its other legs, and calls it was referred to'],
      ['Space', 'select the call'],
      ['F2 s', 'save calls to a file'],
      ['F3 / Tab', 'display filter: words, or an expression (sip.Method == "INVITE")'],
      ['F5', 'clear the list'],
      ['F6 r', 'all messages of the call, as they are'],
      ['F7 f', 'filter by From, To, source, destination, payload, methods'],
      ['F8 o', 'settings'],
      ['F9', 'clear the list but for what is shown'],
      ['F10 t', 'columns'],
      ['< >', 'sort by the column before, after'],
      ['z', 'turn the order round'],
      ['e', 'findings of all calls'],
      ['i', 'statistics'],
      ['p', 'pause and go on reading'],
      ['A', 'follow the last call'],
      ['h', 'these keys'],
      ['Ctrl-L', 'draw the screen anew'],
    ],
  ],
  [
    'Ladder',
    [
      ['Enter', 'the message'],
      ['F4 x', 'with its other legs; alone again'],
      ['Space', 'mark a message; on a second one: compare the two'],
      ['b', 'compare the message before and after the box it crossed'],
      ['e', 'findings of the call'],
      ['F5 d', 'session descriptions: full, first medium, short, none'],
      ['m', 'RTP streams shown, hidden'],
      ['F6 r', 'all messages, as they are'],
      ['F7 C', 'colours: requests and responses, CSeq, Call-ID'],
      ['w', 'times: since the first message, of the day, since the one before'],
      ['9 0', 'message pane wider, narrower'],
      ['T', 'message pane as it was'],
      ['t', 'message pane hidden, shown'],
      ['h l', 'message pane up, down'],
      ['D', 'headers and session descriptions decoded'],
      ['F2 s', 'save the call to a file'],
    ],
  ],
  [
    'Message',
    [
      ['Left Right n N', 'the message before, after'],
      ['d', 'headers and session description decoded'],
      ['r', 'all messages of the call; one again'],
    ],
  ],
  [
    'Findings',
    [
      ['Enter', 'the arrow in the ladder'],
      ['e', 'what the rule wants, and which clause says so'],
    ],
  ],
  [
    'Columns',
    [
      ['Space', 'show, hide'],
      ['+ -', 'move'],
      ['Enter', 'accept'],
      ['s', 'accept, and keep for the next time'],
    ],
  ],
  [
    'Settings',
    [
      ['Left Right Space', 'change'],
      ['Enter', 'accept'],
      ['Ctrl-S', 'accept, and keep for the next time'],
    ],
  ],
];
