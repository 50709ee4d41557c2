// Asks whether the viewer is to end.
import type { Key } from '../model/key.ts';
import { back, type State, type World, withEffect } from '../model/state.ts';
import { boxed, line, type StyledLine, span } from '../model/styled.ts';

export function drawQuit({ ascii }: World): StyledLine[] {
  return boxed('Quit', [line(span('Leave sipspect?  Enter, y: yes   Esc, n: no'))], 50, ascii);
}

export function pressQuit(state: State, key: Key): State {
  if (['enter', 'y', 'q'].includes(key.name)) return withEffect(back(state), { kind: 'quit' });
  return ['escape', 'n'].includes(key.name) ? back(state) : state;
}
