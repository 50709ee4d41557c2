import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { sbcPolicy } from '../sbc-policy.ts';

const hidden = { flow: flow('sbc-private-caller'), policy: sbcPolicy({ caller: true }) };
const LINE = 'm=message 5060 sip sip:anonymous@198.51.100.30';

export const cases: RuleCases = {
  rule: 'privacy/im-mline-not-anonymised',
  valid: [
    { name: 'SBC-42 one anonymous line', ...hidden },
    {
      name: 'SBC-44 in answers as well',
      flow: flow('sbc-private-both'),
      policy: sbcPolicy({ caller: true, callee: true }),
    },
    {
      name: 'SBC-43 of x-ms-message',
      flow: flow('sbc-private-both'),
      policy: sbcPolicy({ caller: true, callee: true }),
      edits: [{ at: [1, 3, 7, 8], replace: 'm=message', by: 'm=x-ms-message' }],
    },
    {
      name: 'SBC-42 one line for several',
      flow: flow('sbc-several-lines-private'),
      policy: sbcPolicy({ caller: true }),
    },
  ],
  invalid: [
    {
      name: 'SBC-42 the URL of the caller goes on',
      ...hidden,
      edits: [{ at: 3, replace: LINE, by: 'm=message 5060 sip sip:alice@192.0.2.10' }],
      findings: [
        {
          key: 'line',
          frames: [3, 1],
          message: 'm=message 5060 sip sip:alice@192.0.2.10 is not the anonymous line of callees',
        },
      ],
    },
    {
      name: 'SBC-42 two lines',
      flow: flow('sbc-several-lines-private'),
      policy: sbcPolicy({ caller: true }),
      edits: [
        { at: 3, replace: LINE, by: `${LINE}\n${LINE}` },
        {
          at: 7,
          replace: 'm=message 5060 sip sip:bob@203.0.113.10',
          by: 'm=message 5060 sip sip:bob@203.0.113.10\nm=message 0 sip sip:bob@203.0.113.10',
        },
      ],
      findings: [{ key: 'lines', frames: [3, 1], message: '2 m= lines leave callees where one is due' }],
    },
    {
      name: 'SBC-43 x-ms-message becomes message',
      ...hidden,
      edits: [{ at: [1, 8], replace: 'm=message', by: 'm=x-ms-message' }],
      findings: [{ key: 'type', frames: [3, 1], message: 'm=x-ms-message became m=message' }],
      also: [{ rule: 'im/x-ms-message-treated-differently', key: 'renamed', frames: [3, 1] }],
    },
    {
      name: 'SBC-42 another port',
      ...hidden,
      edits: [{ at: 3, replace: 'm=message 5060', by: 'm=message 5070' }],
      findings: [{ key: 'port', frames: [3, 1] }],
    },
    {
      name: 'SBC-42 the user of the URL is left in another line',
      ...hidden,
      edits: [{ at: 3, replace: 's=-', by: 's=chat with alice' }],
      findings: [
        {
          key: 'url',
          frames: [3, 1],
          message: 'alice of the URL sip:alice@192.0.2.10 is still in the description',
        },
      ],
    },
  ],
};
