// Each line's own syntax, and what lines say together: connection present, payload types explained, one direction.

import type { DiagnosticSink } from '../capture/diagnostic.ts';
import { parseBandwidth } from './bandwidth.ts';
import { isRtp } from './codec.ts';
import { parseConnection } from './connection.ts';
import { isDirection } from './direction.ts';
import { excerpt } from './excerpt.ts';
import { isInstantMessaging } from './instant-message.ts';
import type { MediaDescription } from './media.ts';
import { parseOrigin } from './origin.ts';
import { isDynamicPayloadType, staticPayloadType } from './payload-type.ts';
import { parseRtpmap } from './rtpmap.ts';
import type { Section } from './section.ts';
import type { SessionDescription } from './session.ts';
import { parseTime } from './timing.ts';

export function checkFields(sd: SessionDescription, report: DiagnosticSink): void {
  for (const line of sd.allLines) {
    const problem = line.type === '' ? undefined : CHECKS[line.type]?.(sd.text(line));
    if (problem !== undefined) report({ ...problem, at: line.start });
  }
  for (const section of [sd, ...sd.media]) checkDirection(section, report);
  for (const media of sd.media) {
    checkMediaLine(media, report);
    checkConnection(sd, media, report);
    if (isRtp(media.protocol)) checkRtpmaps(media, report);
  }
}

function bad(wrong: boolean, code: string, message: string, value: string): Problem | undefined {
  return wrong ? { code, severity: 'error', message: `${message}: ${excerpt(value)}` } : undefined;
}

function checkMediaLine(media: MediaDescription, report: DiagnosticSink): void {
  const at = media.line.start;
  if (media.formats.length === 0 || Number.isNaN(media.port) || Number.isNaN(media.portCount)) {
    const message = `not <media> <port> <proto> <fmt>…: ${excerpt(media.text(media.line))}`;
    report({ code: 'sdp/bad-media', severity: 'error', message, at });
  }
}

// RFC 8866 §5.7: a c= at session level, or in every media section. No media flows for IM over SIP, nor for port 0.
function checkConnection(sd: SessionDescription, media: MediaDescription, report: DiagnosticSink): void {
  if (media.rejected || media.effectiveConnection !== undefined || sd.connection !== undefined) return;
  const severity = isInstantMessaging(media.media) && media.protocol === 'sip' ? 'warning' : 'error';
  const message = `m=${media.media} has no c=, and the session has none`;
  report({ code: 'sdp/connection-missing', severity, message, at: media.line.start });
}

// RFC 8866 §6.7: at most one of the four in a section.
function checkDirection(section: Section, report: DiagnosticSink): void {
  let first: string | undefined;
  for (const { name, line } of section.attributes) {
    if (!isDirection(name)) continue;
    if (first !== undefined && first !== name) {
      const message = `a=${name} contradicts a=${first}`;
      report({ code: 'sdp/direction-conflict', severity: 'warning', message, at: line.start });
    }
    first ??= name;
  }
}

function checkRtpmaps(media: MediaDescription, report: DiagnosticSink): void {
  const explained = new Set<string>();
  const formats = new Set(media.formats);
  for (const { name, value, line } of media.attributes) {
    if (name !== 'rtpmap') continue;
    const problem = rtpmapProblem(formats, value, explained);
    if (problem !== undefined)
      report({ code: 'sdp/rtpmap', severity: 'error', message: problem, at: line.start });
  }
  for (const format of formats) {
    // RFC 8866 §5.14, §6.6: dynamic payload types need an rtpmap.
    if (isDynamicPayloadType(Number(format)) && !explained.has(format) && !media.rejected) {
      const message = `payload type ${format} has no a=rtpmap`;
      report({ code: 'sdp/rtpmap', severity: 'error', message, at: media.line.start });
    }
  }
}

function rtpmapProblem(
  formats: ReadonlySet<string>,
  value: string,
  explained: Set<string>,
): string | undefined {
  const map = parseRtpmap(value);
  if (map === undefined) return `not <payload type> <encoding>/<clock>: ${excerpt(value)}`;
  const format = String(map.payloadType);
  const seen = explained.has(format);
  explained.add(format);
  if (seen) return `a second a=rtpmap for payload type ${format}`;
  if (!formats.has(format)) return `payload type ${format} is not on the m= line`;
  const fixed = staticPayloadType(map.payloadType);
  if (fixed !== undefined && fixed.split('/')[0].toLowerCase() !== map.encoding.toLowerCase()) {
    return `payload type ${format} is ${fixed}, not ${map.encoding}`; // RFC 3551 §6
  }
  return undefined;
}

type Problem = { code: string; severity: 'error' | 'warning'; message: string };

const CHECKS: Readonly<Record<string, (value: string) => Problem | undefined>> = {
  v: (value) => bad(value.trim() !== '0', 'sdp/bad-version', 'the version is not 0', value),
  o: (value) =>
    bad(!parseOrigin(value).valid, 'sdp/bad-origin', 'not six fields with numeric identifiers', value),
  // §5.3: s= must not be empty; one space or a hyphen stands for "no name".
  s: (value) =>
    value === ''
      ? { code: 'sdp/empty-name', severity: 'warning', message: 's= must not be empty' }
      : undefined,
  c: (value) => bad(!parseConnection(value).valid, 'sdp/bad-connection', 'not <net> <type> <address>', value),
  b: (value) =>
    bad(Number.isNaN(parseBandwidth(value).value), 'sdp/bad-bandwidth', 'not <type>:<number>', value),
  t: (value) => {
    const { start, stop } = parseTime(value);
    return bad(Number.isNaN(start) || Number.isNaN(stop), 'sdp/bad-time', 'not two numbers', value);
  },
  a: (value) => bad(!/^[^\s:]+(:|$)/.test(value.trimEnd()), 'sdp/bad-attribute', 'no attribute name', value),
};
