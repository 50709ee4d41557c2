// --format and --output → which format goes where. Several may go to files at once; one may go to standard output, where the
// table goes when nothing else does.
import { extname } from 'node:path';
import { FORMAT_BY_END, FORMATS, type FormatName } from '../../audit/format/format.ts';
import { CliError } from '../exit.ts';

export const AUDIT_FORMATS = ['table', ...FORMATS] as const;
export type AuditFormat = 'table' | FormatName;

export interface AuditOutput {
  readonly format: AuditFormat;
  /** Null: standard output. */
  readonly path: string | null;
}

/** `formats` as given: `json`, `sarif=out.sarif`; `paths` go to formats without one, in order, or tell theirs by their end. */
export function auditOutputs(formats: readonly string[], paths: readonly string[]): AuditOutput[] {
  const left = [...paths];
  const outputs = formats.map((text): AuditOutput => {
    const equals = text.indexOf('=');
    const format = formatNamed(equals < 0 ? text : text.slice(0, equals));
    const path = equals < 0 ? (left.shift() ?? '-') : text.slice(equals + 1);
    if (path === '') throw new CliError(`--format ${text}: no file is named behind =`);
    return { format, path: path === '-' ? null : path };
  });
  for (const path of left) outputs.push({ format: formatOf(path), path });
  const shown = outputs.filter(({ path }) => path === null);
  if (shown.length > 1) {
    const names = shown.map(({ format }) => format).join(' and ');
    throw new CliError(
      `${names} cannot both go to standard output: name a file, as in --format json=audit.json`,
    );
  }
  const files = outputs.flatMap(({ path }) => path ?? []);
  const twice = files.find((path, index) => files.indexOf(path) < index);
  if (twice !== undefined) throw new CliError(`two formats cannot go to one file: ${twice}`);
  return shown.length === 0 ? [{ format: 'table', path: null }, ...outputs] : outputs;
}

function formatNamed(name: string): AuditFormat {
  const format = AUDIT_FORMATS.find((known) => known === name);
  if (format === undefined) throw new CliError(`--format takes ${AUDIT_FORMATS.join(', ')}, not ${name}`);
  return format;
}

function formatOf(path: string): AuditFormat {
  const end = extname(path).toLowerCase();
  const format = end === '.txt' ? 'table' : FORMAT_BY_END[end];
  if (format === undefined)
    throw new CliError(`--output ${path}: its end names no format: give --format as well`);
  return format;
}
