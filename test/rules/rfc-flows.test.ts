// RFC 3665's flows as they are printed: nothing is found but what is wrong in the text. Each was looked at: the RFC uses one branch
// for an INVITE, its ACK and the BYE (against RFC 3261 §8.1.1.7), leaves the Route out of the ACK to a failure (§17.1.1.3), a comma
// out of a Digest header, Max-Forwards out of a REGISTER, To tags out of 200s to CANCEL, and offers MD5 only.
import { describe, expect, test } from 'vitest';
import { EMPTY_POLICY } from '../../src/policy/default-policy.ts';
import { judgeCase } from '../../src/rules/case/judge-flow.ts';
import { CATALOGUE } from '../../src/rules/catalogue.ts';
import { rfcFlows } from './rfc-flows.ts';

const HOSTS = {
  Alice: '192.0.2.101:5060',
  Bob: '192.0.2.201:5060',
  'Proxy 1': '192.0.2.111:5060',
  'Proxy 2': '192.0.2.222:5060',
  'SIP Server': '192.0.2.112:5060',
};

const flows = rfcFlows(3665, HOSTS);
const skipped = flows.size === 0 ? ' (SKIPPED: ../shared/rfc is not there)' : '';

describe(`RFC 3665${skipped}`, () => {
  test.skipIf(flows.size === 0)('errors and warnings', () => {
    const found = [...flows].map(([section, flow]) => {
      const findings = judgeCase(CATALOGUE, EMPTY_POLICY, { name: section, flow });
      const bad = findings.filter(({ severity }) => severity !== 'info');
      return [section, bad.map(({ rule, key, frames }) => `${rule} ${key} ${frames.join(',')}`)];
    });
    expect(Object.fromEntries(found)).toMatchInlineSnapshot(`
      {
        "2.1": [
          "security/digest-weak md5 2",
          "security/digest-username-realm malformed 3",
        ],
        "2.2": [],
        "2.3": [],
        "2.4": [],
        "2.5": [
          "message/max-forwards missing 1",
          "security/digest-weak md5 2,4",
          "security/digest-weak qop-unused 3,2",
        ],
        "3.1": [],
        "3.10": [
          "dialog/ack-malformed route 9,1",
        ],
        "3.11": [
          "dialog/ack-malformed route 14,1",
        ],
        "3.2": [
          "dialog/ack-malformed route 3,1",
          "dialog/ack-malformed same-branch 16,5,17,7",
          "message/via-branch reused 5,20,7,19",
          "security/digest-weak md5 2",
        ],
        "3.3": [
          "dialog/ack-malformed route 3,1,10,4",
          "dialog/ack-malformed branch 8,6",
          "dialog/ack-malformed same-branch 20,13,21,15",
          "message/via-branch reused 13,6",
          "security/digest-weak md5 2",
          "security/digest-weak md5 9,7",
          "security/digest-weak qop-unused 11,9,19,13,7",
        ],
        "3.4": [
          "dialog/ack-malformed same-branch 13,6",
          "message/via-branch reused 6,15",
          "security/digest-weak md5 3",
          "security/digest-weak qop-unused 5,3",
        ],
        "3.5": [],
        "3.7": [],
        "3.8": [
          "dialog/cancel-mismatch request-uri 11,2",
          "dialog/ack-malformed route 20,1",
          "dialog/ack-malformed branch 18,2",
          "message/mandatory-header length 19",
          "message/tags to 10,12,14",
        ],
        "3.9": [],
      }
    `);
  });
});
