// The settings in a file of the user's: $XDG_CONFIG_HOME/sipspect/viewer.json, else ~/.config (XDG Base Directory), and
// %APPDATA% on Windows.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Settings, settingsOf } from './model/settings.ts';

export function configPath(env: Readonly<Record<string, string | undefined>> = process.env): string {
  const base = env['XDG_CONFIG_HOME'] || env['APPDATA'] || join(homedir(), '.config');
  return join(base, 'sipspect', 'viewer.json');
}

/** By default where there is no file, or none that can be read. */
export function readSettings(path: string): Settings {
  try {
    return settingsOf(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return settingsOf(null);
  }
}

/** Throws where it cannot be written. The file is there whole or not at all. */
export function writeSettings(path: string, settings: Settings): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.new`, `${JSON.stringify(settings, null, 2)}\n`);
  renameSync(`${path}.new`, path);
}
