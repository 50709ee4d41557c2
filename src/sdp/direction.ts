// Which way media flows (RFC 8866 §6.7), what an answer may say (RFC 3264 §6.1).
import type { Attribute } from './attribute.ts';

export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/** The last direction attribute of a section, undefined when it has none. */
export function directionOf(attributes: readonly Attribute[]): Direction | undefined {
  for (let i = attributes.length - 1; i >= 0; i--) {
    const { name } = attributes[i];
    if (isDirection(name)) return name;
  }
  return undefined;
}

export function isDirection(name: string): name is Direction {
  return name === 'sendrecv' || name === 'sendonly' || name === 'recvonly' || name === 'inactive';
}

/** What the answer may be for what was offered. */
export const ANSWERS: Readonly<Record<Direction, readonly Direction[]>> = {
  sendrecv: ['sendrecv', 'sendonly', 'recvonly', 'inactive'],
  sendonly: ['recvonly', 'inactive'],
  recvonly: ['sendonly', 'inactive'],
  inactive: ['inactive'],
};
