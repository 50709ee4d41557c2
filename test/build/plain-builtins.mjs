// For the bundle: `import { readSync } from 'node:fs'` as a plain look-up. An import statement has Node call every getter of
// the module, which loads much that nobody asked for.
const LAZY = '\0lazy-child-process';

export const plainBuiltins = {
  name: 'plain-builtins',
  // commander starts programs only for verbs that are programs of their own, and here none is.
  resolveId: (source, importer) =>
    source === 'node:child_process' && /[\\/]commander[\\/]/.test(importer ?? '') ? LAZY : null,
  load: (id) =>
    id === LAZY
      ? 'export default { get spawn() { return process.getBuiltinModule("node:child_process").spawn; } };'
      : null,
  renderChunk: (code) =>
    code.replace(
      /^import (?:\* as )?([\w$]+)?(?:, )?(\{[^}]*\})? from "(node:[^"]+)";$/gm,
      (_, whole, names, source) =>
        [whole, names?.replaceAll(' as ', ': ')]
          .filter((to) => to !== undefined)
          .map((to) => `const ${to} = process.getBuiltinModule("${source}");`)
          .join('\n'),
    ),
};
