// RFC 3327: a proxy that wants to be in the way to a phone adds Path to its REGISTER, where the phone supports it (§5.2); the
// registrar returns it and sends by it (§5.3).
import { HEADER } from '../../sip/header/header-names.ts';
import { METHOD } from '../../sip/method.ts';
import { headerEvidence } from '../evidence.ts';
import { isCurrent } from '../facts/bindings.ts';
import { listsTag } from '../facts/option-tag.ts';
import { sameTargets } from '../facts/same-target.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'registration/path-handling',
    severity: 'error',
    scope: 'registration',
    tier: 1,
    since: '0.2.0',
    summary:
      'Path is added where the phone supports it, comes back in the 2xx, and is the Route of requests to the phone.',
    why: 'Requests that do not take the Path miss the edge proxy, and a phone behind it cannot be reached.',
    exceptions: [
      'A registrar that refuses the REGISTER with 420.',
      'Requests to the phone that another box than the registrar sends.',
      'Path without the lr parameter is told by record-route/not-loose.',
    ],
    fix: 'Have the registrar store Path with the binding, return it, and put it into Route of what it sends there.',
    sources: [
      { document: 'RFC 3327', section: '5.2', says: 'no Path where the phone does not support it' },
      { document: 'RFC 3327', section: '5.3', says: 'the registrar stores and returns it' },
      { document: 'RFC 3327', section: '4', says: 'Path in REGISTER and its 2xx' },
    ],
    messages: {
      unsupported: 'REGISTER has Path although the phone does not list path in Supported',
      'not-returned': '{status} to REGISTER lacks the Path of the request',
      'not-used': '{method} to {contact} has the Route {value}, its binding has the Path {expected}',
    },
  },
  create: ({ report, bindings }) => ({
    transaction({ methodId, request, success, initial }) {
      if (request === undefined || request.truncated) return;
      const { sip } = request;
      if (methodId === METHOD.REGISTER) {
        if (sip.find(HEADER.Path) < 0) return;
        const evidence = headerEvidence(request, HEADER.Path, 'Path');
        if (!listsTag(request, HEADER.Supported, 'path')) {
          const shown = [...evidence, ...headerEvidence(request, HEADER.Supported, 'Supported')];
          report({ message: 'unsupported', at: request, severity: 'warning', evidence: shown });
        }
        if (success === undefined || success.truncated || success.sip.find(HEADER.Path) >= 0) return;
        const shown = [...evidence, ...headerEvidence(success, HEADER.Path, 'Path')];
        const data = { status: success.status };
        report({ message: 'not-returned', data, at: [success, request], evidence: shown });
        return;
      }
      if (!initial || methodId === METHOD.CANCEL || methodId === METHOD.ACK || bindings.empty) return;
      const binding = bindings.history(sip.uri).findLast((one) => {
        return one.registrar.ip === sip.src.ip && isCurrent(one, sip);
      });
      if (binding === undefined || binding.path.length === 0 || sameTargets(sip.routes, binding.path)) return;
      const data = {
        method: request.method,
        contact: sip.requestUri,
        value: listOf(sip.routes),
        expected: listOf(binding.path),
      };
      const evidence = headerEvidence(request, HEADER.Route, 'Route');
      report({ message: 'not-used', data, at: request, frames: [binding.frame], evidence });
    },
  }),
});

function listOf(values: readonly { readonly uri: { readonly text: string } }[]): string {
  return values.length === 0 ? 'none' : values.map(({ uri }) => `<${uri.text}>`).join(', ');
}
