// Session descriptions of tests, line by line, and what the SBC says of itself in them.
import type { OwnDescription } from '../../../src/sbc/sdp/own-description.ts';

export function sdp(...lines: string[]): Buffer {
  return Buffer.from(lines.map((line) => `${line}\r\n`).join(''));
}

export function own(address: string, other: Partial<OwnDescription> = {}): OwnDescription {
  return { address, imPort: 5060, attributes: 'keep', sessionId: '0', version: '0', ...other };
}
