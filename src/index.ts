// The library: the stages and the records of sipspect, for programs. The command line is in cli/.

export type { Diagnostic, DiagnosticSink, Severity } from './capture/diagnostic.ts';
export {
  compareTimestamps,
  formatTimestamp,
  millisecondsBetween,
  type Timestamp,
} from './capture/timestamp.ts';
export type * from './dialog/call.ts';
export type { CallKind } from './dialog/call-kind.ts';
export { CALL_STATES, type CallState } from './dialog/call-state.ts';
export { type CallRecord, callRecord } from './dialog/record/call-record.ts';
export { type MessageRecord, messageRecord } from './dialog/record/message-record.ts';
export { type ExplainOptions, explainMessage } from './explain/explain.ts';
export type { ExplainedLine } from './explain/explained-line.ts';
export { Filter, parseFilter } from './filter/filter.ts';
export { FilterError, formatFilterError } from './filter/filter-error.ts';
export { Aliases, parseAlias, parseHosts } from './ladder/alias.ts';
export { type DrawOptions, draw } from './ladder/draw.ts';
export type { Drawing } from './ladder/drawing.ts';
export { type DrawingRecord, drawingRecord } from './ladder/drawing-record.ts';
export { eventsOfCalls, flowOf } from './ladder/from-call.ts';
export { type HtmlOptions, type LadderWithMessages, renderHtml } from './ladder/html.ts';
export type { LadderMessage } from './ladder/html-message.ts';
export { renderMermaid } from './ladder/mermaid.ts';
export { renderPlantuml } from './ladder/plantuml.ts';
export { renderSvg, type SvgOptions } from './ladder/svg.ts';
export { renderText, type TextOptions } from './ladder/text.ts';
export type { Endpoint } from './network/endpoint.ts';
export { OUTCOMES, OutcomeLedger, type OutcomeName } from './network/outcome.ts';
export type { PacketSummary } from './network/packet-summary.ts';
export type { HepFacts, Passage } from './network/passage.ts';
export { type PipelineOptions, type PipelineResult, readCaptures } from './pipeline.ts';
export type * from './rules/finding.ts';
export { Judge, type JudgeOptions } from './rules/judge.ts';
export { defineRule, type Rule, type RuleContext, type RuleMeta, type Visitor } from './rules/rule.ts';
export { parseSdp, type SessionDescription } from './sdp/session.ts';
export { type MediaSummary, summarizeMedia } from './sdp/summary.ts';
export { SipMessage } from './sip/message.ts';
export { messageOf, parseMessage } from './sip/parse.ts';
export { parseUri, type SipUri } from './sip/uri/uri.ts';
