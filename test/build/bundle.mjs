// Puts what tsc made of the command line into a few files: the program starts in about half the time. Verbs and the
// threads stay apart, so that each is loaded only when it is used.
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { plainBuiltins } from './plain-builtins.mjs';

const path = (name) => fileURLToPath(new URL(`../../dist/${name}`, import.meta.url));

const bundle = await rolldown({
  input: {
    main: path('cli/main.js'),
    'messages-thread': path('messages-thread.js'),
    'audit-thread': path('audit/audit-thread.js'),
    'inline-check-thread': path('cli/inline/inline-check-thread.js'),
  },
  platform: 'node',
  // React and ink come in two builds: without this, the slow one with its checks is bundled too. ink asks for its
  // developers' tools only when DEV is set.
  transform: { define: { 'process.env.NODE_ENV': '"production"' } },
  external: ['react-devtools-core', 'ws'],
  plugins: [plainBuiltins],
  onLog(level, log) {
    // What only informs is not said; anything else fails the build.
    if (level !== 'info' && level !== 'debug') throw new Error(log.message);
  },
});
await bundle.write({
  dir: path('bundle'),
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: '[name]-[hash].js',
  comments: { legal: true },
  // What every verb that reads captures needs is one file: each file more takes a third of a millisecond.
  codeSplitting: {
    groups: [
      {
        name: 'reading',
        test: /[\\/]dist[\\/](capture|network|sip|sdp|dialog|payloads|pipeline|messages-memory)\b/,
      },
    ],
  },
});
