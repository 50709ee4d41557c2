// The colours and fonts of ladders and charts in SVG, light and dark. Nothing but classes and currentColor: programs that draw
// SVG outside a browser know no custom properties.
import type { Tone } from './drawing.ts';

interface Scheme extends Readonly<Record<Tone, string>> {
  readonly paper: string;
  readonly panel: string;
  readonly ink: string;
  readonly dim: string;
  readonly line: string;
  readonly wrong: string;
  readonly stream: string;
}

const LIGHT: Scheme = {
  paper: '#ffffff',
  panel: '#f4f6f8',
  ink: '#1d2329',
  dim: '#5c6773',
  line: '#c3ccd5',
  wrong: '#b3261e',
  stream: '#00696e',
  request: '#1b5fa8',
  provisional: '#8a5a00',
  success: '#1a7f37',
  redirect: '#7a3fc4',
  failure: '#b3261e',
  retransmission: '#68737f',
};

const DARK: Scheme = {
  paper: '#14181c',
  panel: '#1d2329',
  ink: '#e3e8ee',
  dim: '#9aa7b4',
  line: '#465260',
  wrong: '#ff8a80',
  stream: '#6fd0d6',
  request: '#7ab8ff',
  provisional: '#ffc766',
  success: '#6fd38a',
  redirect: '#c9a2ff',
  failure: '#ff8a80',
  retransmission: '#93a0ad',
};

const TONES: readonly Tone[] = ['request', 'provisional', 'success', 'redirect', 'failure', 'retransmission'];

function colours(scheme: Scheme): string {
  const { paper, panel, ink, dim, line, wrong, stream } = scheme;
  const tones = TONES.map((tone) => `.${tone}{color:${scheme[tone]}}`).join('');
  return `.paper{fill:${paper}}.label{stroke:${paper}}.panel{fill:${panel};stroke:${line}}.lane,.grid{stroke:${line}}
.ink{fill:${ink}}.dim{fill:${dim}}.mark{fill:${wrong}}.mark-w{fill:${scheme.provisional}}.mark-i{fill:${dim}}.guilty-error{fill:${wrong}}.guilty-warning{fill:${scheme.provisional}}.missing,.silence{color:${dim}}.stream{color:${stream}}${tones}`;
}

// No shorthand for fonts, either: some of those programs do not know it.
const SHAPES = `text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"DejaVu Sans",sans-serif;font-size:13px;white-space:pre}
.h{font-size:17px;font-weight:600}.b{font-weight:600}.s{font-size:11px}.n{font-size:10.5px}.m{text-anchor:middle}.e{text-anchor:end}
.t{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:11px}
.label{stroke-width:4px;stroke-linejoin:round;paint-order:stroke}.what{fill:currentColor;font-weight:600}
.shaft{stroke:currentColor;stroke-width:1.6;fill:none}.head{fill:currentColor}.open{stroke:currentColor;stroke-width:1.6;fill:none}
.bar{fill:currentColor}.lane{stroke-width:1.2}.retransmission .shaft{stroke-dasharray:7 3}.missing .shaft{stroke-dasharray:2 4}.stream .shaft{stroke-width:4;stroke-opacity:.55}.guilty-error,.guilty-warning{fill-opacity:.12}
.silence line{stroke:currentColor;stroke-width:1.2;stroke-dasharray:1 5}`;

/** A style sheet; the same for all. Paper is light. */
export const SVG_STYLE = `${SHAPES}
${colours(LIGHT)}
@media screen and (prefers-color-scheme:dark){${colours(DARK)}}`;
