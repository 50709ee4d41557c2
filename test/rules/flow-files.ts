// The conforming flows that the cases of rules are made from: test/rules/flows/NAME.flow.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, 'flows');

/** The text of a flow by name. */
export function flow(name: string): string {
  return readFileSync(join(FOLDER, `${name}.flow`), 'utf8');
}

export function flowNames(): string[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.flow'))
    .map((file) => file.slice(0, -'.flow'.length));
}
