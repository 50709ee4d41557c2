// Text → text in a Mermaid diagram that means nothing to its parser. What could is written as an entity code (`#35;`), which
// Mermaid turns back into the character when it draws.

/** `text` is printable, in one line. */
export function mermaidText(text: string): string {
  return (
    text
      .trim()
      .replace(UNSAFE, code)
      // Mermaid takes `style … :…#35;` for one of its own style lines and the last semicolon off it.
      .replace(/style|classDef/gi, (word) => code(word[0]!) + word.slice(1))
      // `wrap:` before a text is an instruction.
      .replace(/^:|^((?:no)?wrap):/i, (_, word: string | undefined) => `${word ?? ''}${code(':')}`)
  );
}

function code(character: string): string {
  return `#${character.codePointAt(0)};`;
}

/** All of ASCII that is more than a letter, a digit or a harmless mark. */
const UNSAFE = /[#;%{}<>"`&$\\[\]^]/g;
