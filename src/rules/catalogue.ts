// Every rule there is, group by group. A rule is `<group>/<name>.ts`, its cases `test/rules/<group>/<name>.cases.ts`.
import { RULES as dialog } from './dialog/group.ts';
import { RULES as emergency } from './emergency/group.ts';
import { RULES as im } from './im/group.ts';
import { RULES as message } from './message/group.ts';
import { RULES as nat } from './nat/group.ts';
import { RULES as privacy } from './privacy/group.ts';
import { RULES as quality } from './quality/group.ts';
import { RULES as recordRoute } from './record-route/group.ts';
import { RULES as registration } from './registration/group.ts';
import type { Rule } from './rule.ts';
import { RULES as sdp } from './sdp/group.ts';
import { RULES as security } from './security/group.ts';
import { RULES as transport } from './transport/group.ts';

export const CATALOGUE: readonly Rule[] = [
  ...im,
  ...privacy,
  ...recordRoute,
  ...registration,
  ...dialog,
  ...message,
  ...sdp,
  ...nat,
  ...security,
  ...emergency,
  ...transport,
  ...quality,
];
