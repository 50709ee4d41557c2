// The library for rules, `sipspect/rules`: the catalogue, what a rule of one's own is made of, and what tests it.

export { DEFAULT_DECISIONS } from './policy/decisions.ts';
export { EMPTY_POLICY } from './policy/default-policy.ts';
export { matchesGlob } from './policy/glob.ts';
export type * from './policy/policy.ts';
export { type Edit, editFlow } from './rules/case/edit.ts';
export { type FlowMessage, flowMessages, parseFlow } from './rules/case/flow.ts';
export { judgeCase } from './rules/case/judge-flow.ts';
export type * from './rules/case/rule-case.ts';
export { CATALOGUE } from './rules/catalogue.ts';
export {
  type Evidence,
  factEvidence,
  headerEvidence,
  rowEvidence,
  sdpEvidence,
  startLineEvidence,
} from './rules/evidence.ts';
export type { Bindings, KnownBinding } from './rules/facts/bindings.ts';
export type { CallFacts } from './rules/facts/call-facts.ts';
export type * from './rules/facts/crossing.ts';
export type { DialogFacts } from './rules/facts/dialog-facts.ts';
export type { LegFacts } from './rules/facts/leg-facts.ts';
export type { MessageFacts } from './rules/facts/message-facts.ts';
export type { SdpFacts } from './rules/facts/sdp-facts.ts';
export type { TransactionFacts } from './rules/facts/transaction-facts.ts';
export type * from './rules/finding.ts';
export { Judge, type JudgeOptions } from './rules/judge.ts';
export {
  defineRule,
  type Report,
  RULE_SCOPES,
  type Rule,
  type RuleContext,
  type RuleMeta,
  type RuleScope,
  type RuleSource,
  type Visitor,
} from './rules/rule.ts';
export { HEADER } from './sip/header/header-names.ts';
export { METHOD } from './sip/method.ts';
