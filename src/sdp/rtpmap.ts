// a=rtpmap and a=fmtp (RFC 8866 §6.6, §6.15): what a payload type number stands for, and its parameters.

export interface Rtpmap {
  readonly payloadType: number;
  /** The encoding's name as spelled; names compare without case. */
  readonly encoding: string;
  readonly clockRate: number;
  /** 1 unless said. */
  readonly channels: number;
}

export interface Fmtp {
  readonly format: string;
  readonly parameters: string;
}

/** `101 telephone-event/8000`, `97 opus/48000/2`; undefined when it is neither. */
export function parseRtpmap(value: string): Rtpmap | undefined {
  const match = /^(\d{1,3})\s+([^\s/]+)\/(\d{1,9})(?:\/(\d{1,3}))?\s*$/.exec(value);
  if (match === null) return undefined;
  return {
    payloadType: Number(match[1]),
    encoding: match[2],
    clockRate: Number(match[3]),
    channels: match[4] === undefined ? 1 : Number(match[4]),
  };
}

/** `PCMU/8000`, and `/channels` when there is more than one. */
export function rtpmapText(map: Rtpmap): string {
  return `${map.encoding}/${map.clockRate}${map.channels > 1 ? `/${map.channels}` : ''}`;
}

/** `101 0-16` → format and parameters. */
export function parseFmtp(value: string): Fmtp {
  const space = value.indexOf(' ');
  if (space < 0) return { format: value, parameters: '' };
  return { format: value.slice(0, space), parameters: value.slice(space + 1).trim() };
}
