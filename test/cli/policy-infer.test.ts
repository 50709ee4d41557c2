// `policy infer` on the samples of an SBC's two sides: what is learnt, on what evidence, and that it can be read again.
import { expect, test } from 'vitest';
import { parsePolicy } from '../../src/policy/parse-policy.ts';
import { fileOf } from '../../src/policy/policy-to-file.ts';
import { sipspect } from './program.ts';

async function infer(name: string) {
  const { stdout, stderr, status } = await sipspect(['policy', 'infer', `samples/sbc-sides/${name}.pcapng`]);
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  const { policy, errors } = parsePolicy(stdout, 'inferred');
  expect(errors).toBe(undefined);
  const evidence = stdout.split('\n').filter((line) => /^# call(ers|ees): /.test(line));
  return { policy: fileOf(policy!, false), evidence };
}

test('passthrough', async () => {
  expect(await infer('passthrough')).toMatchInlineSnapshot(`
    {
      "evidence": [
        "# callers: 127.0.0.20:5060, 1 pair came in and 0 went out, 1 peer.",
        "# callers: record-route-passthrough on: 1 of 1 call, packet 1.",
        "# callers: caller-privacy off: 1 of 1 call, packet 3.",
        "# callers: callee-privacy off: 1 of 1 call, packet 6.",
        "# callees: 127.0.0.30:5060, 0 pairs came in and 1 went out, 1 peer.",
      ],
      "policy": {
        "adjacencies": [
          {
            "local": [
              "127.0.0.20;transport=udp",
            ],
            "name": "callers",
            "peers": [
              "127.0.0.10",
            ],
            "record-route-passthrough": true,
          },
          {
            "local": [
              "127.0.0.30;transport=udp",
            ],
            "name": "callees",
            "peers": [
              "127.0.0.40",
            ],
          },
        ],
        "cac": [
          {
            "callee-privacy": "never",
            "caller-privacy": "never",
            "match": {
              "inbound-adjacency": "callers",
            },
            "name": "calls from callers",
          },
        ],
      },
    }
  `);
});

test('privacy', async () => {
  expect(await infer('privacy')).toMatchInlineSnapshot(`
    {
      "evidence": [
        "# callers: 127.0.0.20:5060, 1 pair came in and 0 went out, 1 peer.",
        "# callers: caller-privacy on: 1 of 1 call, packet 3.",
        "# callers: callee-privacy on: 1 of 1 call, packet 6.",
        "# callees: 127.0.0.30:5060, 0 pairs came in and 1 went out, 1 peer.",
      ],
      "policy": {
        "adjacencies": [
          {
            "local": [
              "127.0.0.20;transport=udp",
            ],
            "name": "callers",
            "peers": [
              "127.0.0.10",
            ],
          },
          {
            "local": [
              "127.0.0.30;transport=udp",
            ],
            "name": "callees",
            "peers": [
              "127.0.0.40",
            ],
          },
        ],
        "cac": [
          {
            "callee-privacy": "always",
            "caller-privacy": "always",
            "match": {
              "inbound-adjacency": "callers",
            },
            "name": "calls from callers",
          },
        ],
      },
    }
  `);
});

test('a subscriber registers through it', async () => {
  expect(await infer('registered')).toMatchInlineSnapshot(`
    {
      "evidence": [
        "# callers: 127.0.0.20:5060, 2 pairs came in and 0 went out, 1 peer.",
        "# callers: caller-privacy off: 1 of 1 call, packet 7.",
        "# callers: callee-privacy off: 1 of 1 call, packet 10.",
        "# callers: rewrite-register on: 1 of 1 call, packet 2.",
        "# callees: 127.0.0.30:5060, 0 pairs came in and 2 went out, 1 peer.",
      ],
      "policy": {
        "adjacencies": [
          {
            "local": [
              "127.0.0.20;transport=udp",
            ],
            "name": "callers",
            "peers": [
              "127.0.0.10",
            ],
            "registered-subscribers": true,
            "rewrite-register": true,
          },
          {
            "local": [
              "127.0.0.30;transport=udp",
            ],
            "name": "callees",
            "peers": [
              "127.0.0.40",
            ],
          },
        ],
        "cac": [
          {
            "callee-privacy": "never",
            "caller-privacy": "never",
            "match": {
              "inbound-adjacency": "callers",
            },
            "name": "calls from callers",
          },
        ],
        "registrars": [
          "127.0.0.40",
        ],
      },
    }
  `);
});

test('where there is no box nothing is learnt', async () => {
  const { stdout, stderr, status } = await sipspect(['policy', 'infer', 'samples/plain-call/call.pcap']);
  expect({ stdout, status }).toEqual({ stdout: '', status: 0 });
  expect(stderr).toBe(
    'sipspect: no box with two sides was seen: name both captures of it, or see `sipspect legs`\n',
  );
});
