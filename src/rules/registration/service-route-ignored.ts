// RFC 3608 §6.1: a phone may send its requests by the Service-Route of its registration, and then keeps the order of it.

import { emergencyMark } from '../../dialog/emergency-mark.ts';
import { HEADER } from '../../sip/header/header-names.ts';
import { METHOD, type MethodId } from '../../sip/method.ts';
import type { NameAddr } from '../../sip/uri/name-addr.ts';
import { headerEvidence } from '../evidence.ts';
import { aorOf, isCurrent } from '../facts/bindings.ts';
import { sameTarget, sameTargets } from '../facts/same-target.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'registration/service-route-ignored',
    severity: 'warning',
    scope: 'registration',
    tier: 2,
    since: '0.2.0',
    summary: 'Requests of a registered phone go by the Service-Route that its registrar returned.',
    why: 'Calls miss the home proxy, and with it the services the user pays for.',
    exceptions: [
      'Requests to another place than the one that answered the REGISTER.',
      'Calls for help.',
      'A local route in front of the Service-Route.',
      'Leaving it out altogether is allowed: told as an observation.',
    ],
    fix: 'Put the values of Service-Route into Route, in their order, behind any local route.',
    sources: [{ document: 'RFC 3608', section: '6.1', says: 'may be used; the order is kept' }],
    messages: {
      order: '{method} has the Route {value}, the Service-Route is {expected}',
      unused: '{method} has the Route {value}, without the Service-Route {expected}',
    },
  },
  create: ({ report, bindings, policy }) => ({
    transaction({ initial, request, methodId }) {
      if (!initial || request === undefined || !METHODS.has(methodId) || bindings.empty) return;
      const { sip, method } = request;
      if (sip.from === undefined || sip.vias.length !== 1 || request.truncated) return;
      const { src, dst, routes } = sip;
      const aor = aorOf(sip.from.uri);
      const binding = bindings.ofEndpoint(src).findLast((one) => {
        return one.aor === aor && one.registrar.ip === dst.ip && isCurrent(one, sip);
      });
      const expected = binding?.serviceRoute ?? [];
      if (binding === undefined || expected.length === 0 || endsWith(routes, expected)) return;
      if (emergencyMark(sip, policy) !== 'none') return;
      const isMixed = expected.every(({ uri }) => routes.some((one) => sameTarget(one.uri, uri)));
      const data = { method, value: listOf(routes), expected: listOf(expected) };
      const evidence = headerEvidence(request, HEADER.Route, 'Route');
      const frames = [binding.frame];
      if (isMixed) report({ message: 'order', data, at: request, frames, evidence });
      else report({ message: 'unused', data, at: request, frames, severity: 'info', evidence });
    },
  }),
});

function endsWith(routes: readonly NameAddr[], expected: readonly NameAddr[]): boolean {
  return routes.length >= expected.length && sameTargets(routes.slice(-expected.length), expected);
}

function listOf(values: readonly NameAddr[]): string {
  return values.length === 0 ? 'none' : values.map(({ uri }) => `<${uri.text}>`).join(', ');
}

const METHODS: ReadonlySet<MethodId> = new Set([
  METHOD.INVITE,
  METHOD.MESSAGE,
  METHOD.SUBSCRIBE,
  METHOD.PUBLISH,
  METHOD.REFER,
]);
