// RFC 4412 §3.1, §4.6.2: Resource-Priority is `namespace.value`, and where it is required it is known or refused with 417.
import { anyHas } from '../../policy/address-range.ts';
import { HEADER } from '../../sip/header/header-names.ts';
import { headerEvidence } from '../evidence.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'emergency/resource-priority',
    severity: 'warning',
    scope: 'transaction',
    tier: 2,
    since: '0.2.0',
    summary:
      'Resource-Priority is well formed, honoured or refused where it is required, and not lost across a box.',
    why: 'Calls of emergency services compete with everybody else’s, or are refused without a reason that can be acted on.',
    exceptions: [
      'It is not required: then a server that does not know it goes on without.',
      'Towards an untrusted network it may be removed.',
    ],
    fix: 'Write namespace.value from the registry; answer 417 with Accept-Resource-Priority; pass the header on inside the trust domain.',
    sources: [
      { document: 'RFC 4412', section: '3.1', says: 'the header' },
      { document: 'RFC 4412', section: '4.6.2', says: 'unknown namespaces and priorities' },
    ],
    messages: {
      malformed: 'Resource-Priority {value} is not namespace.value',
      accepted:
        'Resource-Priority was required with namespace {namespace}, which is not registered, and the request was accepted',
      'no-list': '417 without Accept-Resource-Priority',
      dropped: 'Resource-Priority came in and did not go out',
    },
  },
  create: ({ policy, report }) => ({
    transaction({ request, responses, success }) {
      const refused = responses.find(({ status }) => status === 417);
      if (refused !== undefined && refused.sip.find(HEADER['Accept-Resource-Priority']) < 0)
        report({ message: 'no-list', at: refused, severity: 'info' });
      if (request === undefined || request.sip.find(HEADER['Resource-Priority']) < 0 || request.truncated)
        return;
      const evidence = headerEvidence(request, HEADER['Resource-Priority'], 'Resource-Priority');
      const values = request.sip.values(HEADER['Resource-Priority']);
      const malformed = values.find((value) => !VALUE.test(value));
      if (malformed !== undefined)
        report({ message: 'malformed', data: { value: malformed }, at: request, evidence });
      const required = request.sip
        .values(HEADER.Require)
        .some((tag) => tag.toLowerCase() === 'resource-priority');
      const spaces = values
        .filter((value) => VALUE.test(value))
        .map((value) => value.slice(0, value.indexOf('.')).toLowerCase());
      if (
        required &&
        success !== undefined &&
        spaces.length > 0 &&
        spaces.every((space) => !NAMESPACES.test(space))
      )
        report({ message: 'accepted', data: { namespace: spaces[0]! }, at: [success, request], evidence });
    },
    crossing(crossing) {
      const received = crossing.a.initial?.request;
      const sent = crossing.b?.initial?.request;
      if (received === undefined || sent === undefined) return;
      const trusted = anyHas(policy.networks.trusted ?? [], sent.sip.dst.ip);
      if (!trusted && crossing.outbound?.trusted !== true) return;
      if (
        received.sip.find(HEADER['Resource-Priority']) < 0 ||
        sent.sip.find(HEADER['Resource-Priority']) >= 0
      )
        return;
      const evidence = headerEvidence(received, HEADER['Resource-Priority'], 'Resource-Priority');
      report({ message: 'dropped', at: [sent, received], evidence, crossing });
    },
  }),
});

/** RFC 4412 §3.1: namespace "." r-priority, both tokens without a dot. */
const VALUE = /^[\w\-!%*+`'~]+\.[\w\-!%*+`'~]+$/;
/** RFC 4412 §12.6, RFC 5478 (`dsn-000000` and its like), RFC 7135 (esnet), RFC 8101 (mcpttp, mcpttq). */
const NAMESPACES = /^(dsn|drsn|q735|ets|wps|esnet|mcpttp|mcpttq|(dsn|drsn|rts|crts)-[0-9]{6})$/;
