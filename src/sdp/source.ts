// a=ssrc (RFC 5576 §4.1): a property of one RTP source, `314159 cname:user@example.com`.
import type { MediaDescription } from './media.ts';

export interface SourceAttribute {
  readonly ssrc: number;
  readonly name: string;
  readonly value: string;
}

export function sourcesOf(media: MediaDescription): SourceAttribute[] {
  return media.attributeValues('ssrc').flatMap((text) => {
    const match = /^(\d{1,10}) ([^:]+)(?::(.*))?$/.exec(text);
    return match === null ? [] : [{ ssrc: Number(match[1]), name: match[2], value: match[3] ?? '' }];
  });
}
