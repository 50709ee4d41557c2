// The viewer on a large capture: how long to the first list and to the last call, beside what `calls` takes; how long each
// key is without an answer; how much memory. script(1) gives it a terminal; an answer is the next output after the key.
//   node test/bench/viewer.mjs CAPTURE [keys while reading: 40] [keys after: 200]
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [capture, during = '40', after = '200'] = process.argv.slice(2);
if (capture === undefined) throw new Error('which capture?');
const bin = fileURLToPath(new URL('../../bin/sipspect.cjs', import.meta.url));
const KEYS = ['j', 'j', '\x1b[6~', 'k', '\x1b[5~', '\x06', '\x02', '\x1b[F', '\x1b[H', '\x04'];
const now = () => performance.now();

const calls = timed(() =>
  spawnSync(process.execPath, [bin, 'calls', '--json', capture], { stdio: 'ignore' }),
);
console.log(`calls --json            ${seconds(calls)}`);

const began = now();
const command = `stty cols 120 rows 40; exec '${process.execPath}' '${bin}' '${capture}'`;
const child = spawn('script', ['-qfec', command, '/dev/null'], {
  env: { ...process.env, TERM: 'xterm-256color', LANG: 'C.UTF-8', XDG_CONFIG_HOME: '/nonexistent' },
});
let output = '';
let heard = () => {};
let asked = 0;
child.stdout.on('data', (octets) => {
  output = (output + octets.toString('latin1')).slice(-200_000);
  heard();
});
const first = await until(() => /\[ \] /.test(output));
console.log(`first list after        ${seconds(first - began)}`);
const viewer = viewerOf(child.pid);
const early = [];
for (let index = 0; index < Number(during) && !isListed(); index++)
  early.push(await press(KEYS[index % KEYS.length]));
report('keys while reading', early);
const last = await until(isListed);
console.log(
  `all listed after        ${seconds(last - began)}, ${((last - began) / calls).toFixed(2)} times calls`,
);
await pause(1000);
const late = [];
for (let index = 0; index < Number(after); index++) late.push(await press(KEYS[index % KEYS.length]));
report('keys when all is listed', late);
const opened = [];
for (let index = 0; index < 10; index++)
  opened.push(
    await press('\r'),
    await press('j'),
    await press('\r'),
    await press('\x1b'),
    await press('\x1b'),
    await press('j'),
  );
report('keys that open calls', opened);
const sorted = [
  await press('>'),
  await press('z'),
  await press('>'),
  await press('z'),
  await press('<'),
  await press('<'),
];
report('keys that sort', sorted);
const typed = [];
for (const one of ['/', 'a', 'l', 'i', 'c', 'e', '9', '\x7f', '\r']) typed.push(await press(one));
report('keys that filter', typed);
console.log(`memory at the peak      ${memory(viewer)} MB`);
child.stdin.write('\x03');
await new Promise((resolve) => child.on('exit', resolve));

/** Milliseconds from the key to the next output. */
async function press(key) {
  await quiet();
  const sent = now();
  const answer = new Promise((resolve) => {
    heard = () => resolve(now() - sent);
  });
  child.stdin.write(key);
  const none = new Promise((resolve) => setTimeout(resolve, 3000, null));
  const took = await Promise.race([answer, none]);
  heard = () => {};
  return took;
}

/** No output for a while: what comes next is the answer. While reading, there is always some. */
async function quiet() {
  await pause(30);
}

function report(what, all) {
  const answered = all.filter((one) => one !== null).sort((a, b) => a - b);
  if (answered.length === 0) return;
  const at = (share) =>
    answered[Math.min(answered.length - 1, Math.floor(share * answered.length))].toFixed(1);
  console.log(
    `${what.padEnd(24)}median ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${at(1)} ms (${answered.length} of ${all.length} changed the screen)`,
  );
}

/** The head line says no more that it is reading. Only what changed is drawn: Ctrl-L asks for all of it. */
function isListed() {
  if (now() - asked > 300) {
    asked = now();
    output = '';
    child.stdin.write('\x0c');
  }
  return /\d+ calls *\x1b\[/.test(output) && !output.includes('reading');
}

async function until(happened) {
  while (!happened()) await pause(2);
  return now();
}

function viewerOf(pid) {
  for (const task of readdirSync(`/proc/${pid}/task`)) {
    const [one] = readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim().split(' ');
    if (one) return Number(one);
  }
  return pid;
}

function memory(pid) {
  const status = readFileSync(join('/proc', String(pid), 'status'), 'utf8');
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)[1]) / 1024);
}

function timed(run) {
  const start = now();
  run();
  return now() - start;
}

function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
