// The private key of a TLS server among the captures.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tlsCapture } from '../network/tls-capture.ts';
import { EXPECTED, TURNS } from '../network/tls-reading.ts';
import { selfSigned, talk } from '../network/tls-talk.ts';
import { refused, scratchFolder, sipspect } from './program.ts';

const folder = scratchFolder();
const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
const skipped = hasOpenssl ? '' : ' (SKIPPED: there is no openssl to make certificates with)';

test.skipIf(!hasOpenssl)(
  `it opens what was agreed with it, and says what it does not open${skipped}`,
  async () => {
    const rsa = selfSigned(folder, 'rsa');
    const [path, key] = [join(folder, 'calls.pcap'), join(folder, 'rsa.key')];
    const by = async (ciphers: string) =>
      (await talk({ ...rsa, maxVersion: 'TLSv1.2', ciphers }, TURNS)).flights;
    const [opened, locked] = [await by('AES256-GCM-SHA384'), await by('ECDHE-RSA-AES256-GCM-SHA384')];

    writeFileSync(path, tlsCapture([opened]));
    const { stdout, ...rest } = await sipspect(['messages', '--json', key, path]);
    expect(rest).toEqual({ status: 0, stderr: '' });
    const messages = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(messages.map(({ transport }) => transport)).toEqual(EXPECTED.map(() => 'tls'));

    writeFileSync(path, tlsCapture([locked]));
    expect(await sipspect(['messages', '--json', key, path])).toEqual({
      status: 0,
      stdout: '',
      stderr:
        'sipspect: warning: A private key opens no TLS connection whose keys are agreed by Diffie-Hellman, as one here is: that takes a key log [tls/forward-secrecy]\n',
    });
    expect(await sipspect(['messages', key])).toEqual(
      refused('sipspect: secrets are for the captures that they are given with: there are none\n'),
    );
  },
);
