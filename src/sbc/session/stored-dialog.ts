// A call that is up, as a record that outlives a restart: enough for a BYE or re-INVITE to pass after it.
import { Dialog } from '../dialog/dialog.ts';
import { type DialogSide, SENT_UNSEEN } from '../dialog/dialog-side.ts';
import { count, flowFrom, flowRecord, text, texts } from '../flow-record.ts';
import type { Configured } from '../parts.ts';
import { levelsNamed, NOTHING_ASKED } from '../privacy/levels.ts';
import type { StoredRecord } from '../stored-record.ts';
import { mediaFrom, mediaRecord } from './stored-media.ts';

/** What its record is found by. */
export function recordKey({ caller }: Dialog): string {
  return `session ${caller.callId} ${caller.localTag} ${caller.remoteTag}`;
}

export function recordOf(dialog: Dialog, now: number): StoredRecord {
  const { caller, callee, treatment, media, silence } = dialog;
  return {
    version: 1,
    kind: 'session',
    key: recordKey(dialog),
    until: now + silence,
    data: {
      caller: sideRecord(caller),
      callee: sideRecord(callee),
      treatment: FLAGS.filter((flag) => treatment[flag]),
      asked: [...treatment.asked.levels],
      media: mediaRecord(media),
      silence,
    },
  };
}

/** undefined for a record that is none, or whose adjacencies are gone. */
export function dialogFrom(configured: Configured, { data }: StoredRecord): Dialog | undefined {
  const caller = sideFrom(configured, data.caller);
  const callee = sideFrom(configured, data.callee);
  if (caller === undefined || callee === undefined) return undefined;
  const flags = texts(data.treatment);
  const dialog = new Dialog(
    caller,
    callee,
    {
      inbound: caller.adjacency,
      outbound: callee.adjacency,
      recordRoutes: flags.includes('recordRoutes'),
      contacts: flags.includes('contacts'),
      identifiers: flags.includes('identifiers'),
      hidesCaller: flags.includes('hidesCaller'),
      hidesCallee: flags.includes('hidesCallee'),
      hidesTopology: flags.includes('hidesTopology'),
      asked: { ...NOTHING_ASKED, levels: levelsNamed(texts(data.asked)) },
    },
    mediaFrom(data.media),
    true,
  );
  dialog.confirmed = true;
  dialog.acknowledged = true;
  dialog.silence = count(data.silence);
  return dialog;
}

function sideRecord({ adjacency, flow, ...rest }: DialogSide): Readonly<Record<string, unknown>> {
  return { ...rest, adjacency: adjacency.name, flow: flowRecord(flow) };
}

function sideFrom({ adjacencies }: Configured, value: unknown): DialogSide | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const side = value as Record<string, unknown>;
  const adjacency = adjacencies.named(text(side.adjacency));
  const flow = flowFrom(side.flow);
  const callId = text(side.callId);
  if (adjacency === undefined || flow === undefined || callId === '') return undefined;
  return {
    adjacency,
    callId,
    localTag: text(side.localTag),
    remoteTag: text(side.remoteTag),
    localParty: text(side.localParty),
    remoteParty: text(side.remoteParty),
    routeSet: texts(side.routeSet),
    target: text(side.target),
    flow,
    contact: text(side.contact),
    localSequence: count(side.localSequence),
    sentUnseen: SENT_UNSEEN,
    remoteSequence: count(side.remoteSequence),
  };
}

const FLAGS = [
  'recordRoutes',
  'contacts',
  'identifiers',
  'hidesCaller',
  'hidesCallee',
  'hidesTopology',
] as const;
