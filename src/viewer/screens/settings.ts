// The settings: chosen here, kept in a file of the user's when saved.
import { parseAlias } from '../../ladder/alias.ts';
import type { Key } from '../model/key.ts';
import { COLOUR_MODES, SDP_DETAILS } from '../model/ladder-view.ts';
import { type Settings, TIME_MODES } from '../model/settings.ts';
import { back, replaced, type SettingsDialog, type State, type World, withEffect } from '../model/state.ts';
import { boxed, cell, line, type StyledLine, span } from '../model/styled.ts';
import { typed } from './field.ts';

export function drawSettings(
  { cursor, draft }: SettingsDialog,
  { columns }: State,
  world: World,
): StyledLine[] {
  const lines = ITEMS.map(({ label, show }, index) => ({
    ...line(span(cell(label, 34)), span(show(draft), 'chosen')),
    cursor: index === cursor,
  }));
  const hint = line(span('Left, right, Space change; Enter accepts, Ctrl-S saves too', 'dim'));
  return boxed('Settings', [...lines, line(), hint], Math.min(columns - 4, 72), world.ascii);
}

export function pressSettings(dialog: SettingsDialog, state: State, key: Key): State {
  const { cursor, draft } = dialog;
  const item = ITEMS[cursor]!;
  const changed = (settings: Settings): State => replaced(state, { ...dialog, draft: settings });
  const settings = { ...draft, aliases: draft.aliases.map((one) => one.trim()).filter((one) => one !== '') };
  const accepted = (): State => withTold(back({ ...state, settings }), state.settings);
  const wrong = ['enter', 'ctrl-s'].includes(key.name) ? wrongAlias(settings.aliases) : '';
  if (wrong !== '') return { ...state, notice: wrong };
  switch (key.name) {
    case 'escape':
      return back(state);
    case 'up':
    case 'back-tab':
      return replaced(state, { ...dialog, cursor: (cursor + ITEMS.length - 1) % ITEMS.length });
    case 'down':
    case 'tab':
      return replaced(state, { ...dialog, cursor: (cursor + 1) % ITEMS.length });
    case 'enter':
      return accepted();
    case 'ctrl-s':
      return withEffect(accepted(), { kind: 'keep-settings', settings });
    case 'left':
      return changed(item.step(draft, -1));
    case 'right':
      return changed(item.step(draft, 1));
  }
  if (item.type !== undefined) {
    const next = item.type(draft, key);
    return next === null ? state : changed(next);
  }
  return key.name === 'space' ? changed(item.step(draft, 1)) : state;
}

/** What others than the screens have to know. */
function withTold(state: State, before: Settings): State {
  const { aliases, names, customHeader } = state.settings;
  const isOther = names !== before.names || aliases.join(';') !== before.aliases.join(';');
  const told = isOther ? withEffect(state, { kind: 'call', aliases, names }) : state;
  return customHeader === before.customHeader
    ? told
    : withEffect(told, { kind: 'show-header', header: customHeader });
}

function wrongAlias(aliases: readonly string[]): string {
  for (const text of aliases) {
    const alias = parseAlias(text);
    if ('error' in alias) return `Names: ${alias.error}`;
  }
  return '';
}

interface Item {
  readonly label: string;
  readonly show: (settings: Settings) => string;
  readonly step: (settings: Settings, by: number) => Settings;
  readonly type?: (settings: Settings, key: Key) => Settings | null;
}

function choice<K extends 'time' | 'sdp' | 'colour'>(
  label: string,
  name: K,
  all: readonly Settings[K][],
): Item {
  return {
    label,
    show: (settings) => settings[name],
    step: (settings, by) => ({
      ...settings,
      [name]: all[(all.indexOf(settings[name]) + by + all.length) % all.length],
    }),
  };
}

function flag(
  label: string,
  name: 'decoded' | 'media' | 'names' | 'autoScroll' | 'askBeforeQuit' | 'mouse',
): Item {
  return {
    label,
    show: (settings) => (settings[name] ? 'yes' : 'no'),
    step: (settings) => ({ ...settings, [name]: !settings[name] }),
  };
}

const ITEMS: readonly Item[] = [
  choice('Times of the ladder', 'time', TIME_MODES),
  choice('Session descriptions', 'sdp', SDP_DETAILS),
  choice('Colours of arrows', 'colour', COLOUR_MODES),
  {
    label: 'Message pane (percent)',
    show: ({ pane }) => (pane === 0 ? 'hidden' : String(pane)),
    step: (settings, by) => ({ ...settings, pane: Math.max(0, Math.min(70, settings.pane + 5 * by)) }),
  },
  flag('RTP streams in ladders', 'media'),
  flag('Headers and SDP decoded', 'decoded'),
  flag('Names instead of addresses', 'names'),
  {
    label: 'Names: name=address,address; ...',
    show: ({ aliases }) => aliases.join(';') || '(none)',
    step: (settings) => settings,
    type: (settings, key) => {
      const text = typed(settings.aliases.join(';'), key);
      return text === null ? null : { ...settings, aliases: text.split(';') };
    },
  },
  flag('Follow the last call', 'autoScroll'),
  flag('Ask before quitting', 'askBeforeQuit'),
  flag('Mouse (from the next start)', 'mouse'),
  {
    label: 'Header of the custom column',
    show: ({ customHeader }) => customHeader || '(none)',
    step: (settings) => settings,
    type: (settings, key) => {
      const text = typed(settings.customHeader, key);
      return text === null ? null : { ...settings, customHeader: text };
    },
  },
];
