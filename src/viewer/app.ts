// The viewer as an ink application: lines of text, one element each, from a state that keys change.
import { Box, Text } from 'ink';
import { createElement, memo, type ReactNode, useEffect, useReducer, useRef } from 'react';
import { parseKeys } from './model/key.ts';
import { press } from './model/press.ts';
import type { Settings } from './model/settings.ts';
import { type Effect, firstState, type State, type World } from './model/state.ts';
import { drawScreen } from './screens/draw.ts';
import { type Depth, paintLine } from './terminal/colours.ts';

export interface AppProps {
  readonly world: World;
  readonly settings: Settings;
  readonly depth: Depth;
  readonly size: () => { readonly columns: number; readonly rows: number };
  /** Tells of what is new in the world, and of a window of another size; gives what ends that. */
  readonly listen: (onNews: () => void) => () => void;
  /** Hands on what the terminal sends; gives what ends that. */
  readonly input: (onText: (text: string) => void) => () => void;
  /** Does what a key asked for; a word on what came of it, then or later. */
  readonly act: (effect: Effect, state: State, say: (notice: string) => void) => void;
  /** What was drawn. */
  readonly onDrawn?: (state: State) => void;
}

export function App(props: AppProps): ReactNode {
  const { world, settings, depth, size, listen, input, act, onDrawn } = props;
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const state = useRef<State>(firstState(settings, size().columns, size().rows));
  useEffect(() => {
    const say = (notice: string): void => {
      state.current = { ...state.current, notice };
      redraw();
    };
    const onInput = (text: string): void => {
      let next = state.current;
      for (const key of parseKeys(text)) next = press(next, key, world);
      const { effects } = next;
      state.current = effects.length === 0 ? next : { ...next, effects: [] };
      redraw();
      for (const effect of effects) act(effect, state.current, say);
    };
    const unplug = input(onInput);
    const unlisten = listen(() => {
      const { columns, rows } = size();
      if (columns !== state.current.columns || rows !== state.current.rows)
        state.current = { ...state.current, columns, rows };
      redraw();
    });
    return () => {
      unplug();
      unlisten();
    };
  }, [world, input, listen, size, act]);
  const lines = drawScreen(state.current, world);
  onDrawn?.(state.current);
  const { columns } = state.current;
  // Rows stay where they are: children by place, each drawn again only when its text is another.
  const rows: ReactNode[] = [];
  for (const one of lines) rows.push(createElement(Row, { text: paintLine(one, depth) }));
  return createElement(Box, { flexDirection: 'column', width: columns }, ...rows);
}

/** Drawn again only when its text is another. */
const Row = memo(
  ({ text }: { readonly text: string }): ReactNode => createElement(Text, { wrap: 'truncate' }, text),
);
