// `sipspect show`: one message, or all of a call: octets, what headers mean, SDP in words, what is wrong where.

import stringWidth from 'string-width';
import type { CallEvent } from '../dialog/call.ts';
import { explainMessage } from '../explain/explain.ts';
import type { ExplainedLine } from '../explain/explained-line.ts';
import { printable } from '../ladder/printable.ts';
import type { SipMessage } from '../sip/message.ts';
import { colourWanted } from './colour.ts';
import { CliError } from './exit.ts';
import { openFilter } from './filter.ts';
import { formatDateAndClock } from './format.ts';
import { type CallChoice, type CommonOptions, parseNumberList } from './options.ts';
import { Output } from './output.ts';
import { type Paint, painter } from './paint.ts';
import { read } from './read.ts';

export interface ShowOptions extends CommonOptions, CallChoice {
  readonly frame?: string;
  readonly raw?: boolean;
  readonly explain?: boolean;
  readonly secrets?: boolean;
}

export async function show(captures: readonly string[], options: ShowOptions): Promise<void> {
  const output = new Output();
  const paint = painter(colourWanted(options.color ?? 'auto', process.stdout));
  const filter = openFilter(options.filter);
  const isFrame = options.frame === undefined ? null : parseNumberList(options.frame, '--frame');
  const isIndex = options.index === undefined ? null : parseNumberList(options.index, '--index');
  const callIds = options.callId === undefined ? null : new Set(options.callId);
  if (options.raw && process.stdout.isTTY)
    throw new CliError('--raw writes octets as they are: send them to a file or a pipe');
  let shown = 0;
  await read(captures, options, {
    output,
    onMessage(message, info) {
      if (isFrame !== null && !(message.frames ?? [message.frame]).some(isFrame)) return;
      if (isIndex !== null && !isIndex(info.call.id)) return;
      if (callIds !== null && !callIds.has(message.callId)) return;
      if (filter !== null && !filter.message(message, info)) return;
      shown++;
      if (options.raw) output.octets(message.bytes());
      else output.write(showMessage(message, info, options, paint));
    },
  });
  await output.flush();
  if (shown === 0) throw new CliError('no message was chosen: see `sipspect messages` for what there is', 0);
}

function showMessage(
  message: SipMessage,
  info: Pick<CallEvent, 'retransmissionOf' | 'duplicateOf'> & { readonly call: { readonly id: number } },
  options: ShowOptions,
  paint: Paint,
): string {
  const again =
    info.retransmissionOf > 0
      ? `, retransmission of packet ${info.retransmissionOf}`
      : info.duplicateOf > 0
        ? `, duplicate of packet ${info.duplicateOf}`
        : '';
  const packets = (message.frames ?? [message.frame]).join(', ');
  const head = `packet ${packets}  ${formatDateAndClock(message)}  ${message.src.text} → ${message.dst.text}  ${message.transport.toUpperCase()}  call ${info.call.id}${again}`;
  const lines = explainMessage(message, { secrets: options.secrets === true });
  return `${paint.bold(head)}\n${lines.map((line) => showLine(line, options, paint)).join('')}\n`;
}

function showLine(line: ExplainedLine, options: ShowOptions, paint: Paint): string {
  const text = printable(line.text);
  let shown = `${paintLine(line, text, paint)}\n`;
  for (const diagnostic of line.diagnostics) {
    const before =
      line.text.length === 0 || diagnostic.at === undefined
        ? ''
        : Buffer.from(line.text).toString('utf8', 0, diagnostic.at - line.start);
    const colour = diagnostic.severity === 'error' ? paint.red : paint.yellow;
    shown += colour(
      `${' '.repeat(stringWidth(printable(before)))}^ ${diagnostic.severity}: ${printable(diagnostic.message)} [${diagnostic.code}]`,
    );
    shown += '\n';
  }
  const isToken = line.decoded.some((fact) => /^(claim|header) /.test(fact));
  const notes = options.explain ? [line.purpose, ...line.decoded] : isToken ? line.decoded : [];
  for (const note of notes) if (note !== '') shown += `${paint.dim(`    ${printable(note)}`)}\n`;
  return shown;
}

function paintLine(line: ExplainedLine, text: string, paint: Paint): string {
  if (line.kind === 'start-line') return paint.cyan(text);
  if (line.kind === 'trailing') return paint.red(text);
  const colon = line.kind === 'header' ? text.indexOf(':') : -1;
  return colon < 0 ? text : paint.green(text.slice(0, colon)) + text.slice(colon);
}
