// What session descriptions of one kind have in common: all that is told of their only m= line but its address and port.
// The last kinds met are remembered, so that a description of a kind that was met is compared, not taken apart.
import type { Direction } from '../../sdp/direction.ts';
import { scanMedia } from '../../sdp/scan.ts';
import { sameOctets } from '../kept/octets.ts';
import { JsonPiece } from '../record/json-piece.ts';
import { spellOut } from '../record/json-text.ts';
import { gather, isMessaging, isTold, told } from './session-telling.ts';

export interface Shape {
  readonly media: string;
  readonly protocol: string;
  readonly codecs: readonly string[];
  readonly direction: Direction;
  readonly im: boolean;
  /** The octets that tell the kind, besides the media. */
  readonly telling: Uint8Array;
  /** Its line in a record, before the address and after the port. */
  readonly before: JsonPiece;
  readonly after: JsonPiece;
}

/**
 * The shape of `data[start, end)`, whose m= line has its media at `data[media, mediaEnd)` and its port end at `rest`. null
 * where that line is not all there is to it.
 */
export function shapeOf(
  data: Buffer,
  start: number,
  end: number,
  media: number,
  mediaEnd: number,
  rest: number,
): Shape | null {
  const length = gather(data, end, media, mediaEnd, rest);
  if (length < 0) return null;
  for (let i = 0; i < SHAPES.length; i++) {
    const shape = SHAPES[i];
    if (isTold(shape.telling, length) && sameOctets(data, media, mediaEnd, shape.media)) return shape;
  }
  const lines = scanMedia(data, start, end);
  if (lines.length !== 1 || !sameOctets(data, media, mediaEnd, lines[0].media)) return null;
  const { media: name, protocol, codecs, direction } = lines[0];
  const im = isMessaging(data, media, mediaEnd);
  const before = spellOut(JSON.stringify({ media: name, protocol, codecs, address: '' }));
  const after = spellOut(JSON.stringify({ direction, im }));
  const shape: Shape = {
    ...{ media: name, protocol, codecs, direction, im },
    telling: told(length),
    before: new JsonPiece(`,${before.slice(1, -2)}`),
    after: new JsonPiece(`,${after.slice(1)}`),
  };
  if (SHAPES.length < MAX_SHAPES) SHAPES.push(shape);
  else SHAPES[nextShape++ % MAX_SHAPES] = shape;
  return shape;
}

/** Oldest overwritten first. */
const SHAPES: Shape[] = [];
const MAX_SHAPES = 32;
let nextShape = 0;
