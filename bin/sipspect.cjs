#!/usr/bin/env node
// Starts sipspect. Written so that a Node that is too old can still read this file and say so.
'use strict';

var found = process.versions.node.split('.').map(Number);
if (found[0] < 22 || (found[0] === 22 && found[1] < 12)) {
  process.stderr.write(
    'sipspect: needs Node 22.12 or newer, this is ' +
      process.versions.node +
      ' (in a clone, `npm ci` brings a newer one: use `npx sipspect`)\n',
  );
  process.exitCode = 2;
} else if (process.argv.length === 3 && (process.argv[2] === '--version' || process.argv[2] === '-V')) {
  process.stdout.write(require('../package.json').version + '\n');
} else {
  prepare(process.argv[2]);
  import('../dist/bundle/main.js').then(function (cli) {
    return cli.main(process.argv);
  });
}

// How the engine runs a verb; undefined without one.
function prepare(verb) {
  var flags = [];
  // Collect garbage rather than take more memory: half the growth, at no time that can be measured; where it is looked for a little
  // less often, as in an audit, less time (of one set it then keeps its own level: src/cli/heap-level.ts). Calls that are up for
  // long are another matter: inline would spend a quarter of its time on it.
  if (verb !== 'inline') flags.push('--heap-growing-percent=' + (verb === 'audit' ? 40 : 30));
  // An audit has nobody who waits for its next step: what is garbage is found at once, where step by step as much again is made
  // meanwhile. That saves a sixth of its memory.
  if (verb === 'audit') flags.push('--no-incremental-marking');
  // What reads a capture once has much that lives for a while: room for what is young at once, not in steps, saves a
  // twentieth of the processor's time.
  if (/^(calls|messages|stats)$/.test(verb)) flags.push('--semi-space-growth-factor=16');
  flags.forEach(require('node:v8').setFlagsFromString);
  // Only now: what was compiled under other flags is of no use, so Node keeps a folder for each set of them.
  require('node:module').enableCompileCache();
}
