// Text → text in a PlantUML diagram that means nothing to its preprocessor, its grammar or its Creole markup. What could is
// written as a numeric character reference, which PlantUML draws as the character.

/** `text` is printable, in one line. */
export function plantumlText(text: string): string {
  return text.trim().replace(UNSAFE, (characters) => Array.from(characters, code).join(''));
}

function code(character: string): string {
  return `&#${character.codePointAt(0)};`;
}

/**
 * All of ASCII that is more than a letter, a digit or a harmless mark; marks that mean something when they are doubled
 * (`//`, `--`, `__`, `==`, `..`), that begin a line of a list or a title (`*`, `=`, `-`, `_`, `.`, `|`, `#`), or that name an include (`!`).
 */
const UNSAFE = /[&#<>"'`~$%\\[\]{}^|*!]|\/{2,}|-{2,}|_{2,}|={2,}|\.{2,}|^[=\-_.:@]/g;
