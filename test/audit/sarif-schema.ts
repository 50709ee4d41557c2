// A SARIF 2.1.0 log (OASIS Standard) is checked twice: by the official schema, as a package of its editors has it, which lets
// through any property of any object's bag; and by one of ours that knows no more than reports use, where every object is closed
// and what the standard requires in prose is required.
import { createRequire } from 'node:module';
import { Ajv, type Options, type SchemaObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

/** What is wrong with a log; nothing when it is valid. */
export function validateSarif(log: unknown): string[] {
  return [official, ours].flatMap((validate) => {
    if (validate(log)) return [];
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  });
}

const text: SchemaObject = { type: 'string' };
const index: SchemaObject = { type: 'integer', minimum: -1 };
const level: SchemaObject = { enum: ['none', 'note', 'warning', 'error'] };
/** §3.8. */
const properties: SchemaObject = {
  type: 'object',
  properties: { tags: { type: 'array', uniqueItems: true, items: text } },
};

function closed(required: readonly string[], members: Readonly<Record<string, SchemaObject>>): SchemaObject {
  return { type: 'object', additionalProperties: false, required, properties: { ...members, properties } };
}

function list(items: SchemaObject, more: SchemaObject = {}): SchemaObject {
  return { type: 'array', items, ...more };
}

/** §3.11. */
const message: SchemaObject = {
  ...closed([], { text, markdown: text, id: text, arguments: list(text) }),
  anyOf: [{ required: ['text'] }, { required: ['id'] }],
};
/** §3.12. */
const multiformat = closed(['text'], { text, markdown: text });
/** §3.4. */
const artifactLocation = closed([], {
  uri: { type: 'string', format: 'uri-reference' },
  uriBaseId: text,
  index,
});
/** §3.33. */
const logicalLocation = closed([], {
  ...{ name: text, fullyQualifiedName: text, decoratedName: text, kind: text },
  ...{ index, parentIndex: index },
});
/** §3.30. */
const region = closed([], {
  ...{
    startLine: { type: 'integer', minimum: 1 },
    byteOffset: index,
    byteLength: { type: 'integer', minimum: 0 },
  },
});
/** §3.28, §3.29. */
const location = closed([], {
  id: index,
  physicalLocation: {
    ...closed([], { artifactLocation, region }),
    anyOf: [{ required: ['artifactLocation'] }, { required: ['address'] }],
  },
  logicalLocations: list(logicalLocation, { uniqueItems: true }),
  message,
});
/** §3.49, §3.50. */
const descriptor = closed(['id'], {
  ...{ id: text, name: text, shortDescription: multiformat, fullDescription: multiformat, help: multiformat },
  messageStrings: { type: 'object', additionalProperties: multiformat },
  helpUri: { type: 'string', format: 'uri' },
  defaultConfiguration: closed([], {
    ...{ enabled: { type: 'boolean' }, level, rank: { type: 'number', minimum: -1, maximum: 100 } },
  }),
});
/** §3.18, §3.19. */
const tool = closed(['driver'], {
  driver: closed(['name'], {
    ...{ name: text, fullName: text, version: text, semanticVersion: text },
    informationUri: { type: 'string', format: 'uri' },
    rules: list(descriptor, { uniqueItems: true }),
  }),
});
/** §3.24. */
const artifact = closed([], {
  location: artifactLocation,
  parentIndex: index,
  length: index,
  roles: list(
    { enum: ['analysisTarget', 'attachment', 'resultFile', 'standardStream'] },
    { uniqueItems: true },
  ),
  mimeType: { type: 'string', pattern: '[^/]+/.+' },
});
/** §3.20, §3.58. */
const invocation = closed(['executionSuccessful'], {
  executionSuccessful: { type: 'boolean' },
  toolExecutionNotifications: list(closed(['message'], { level, message, locations: list(location) })),
});
/** §3.27. */
const result = closed(['message'], {
  ...{ ruleId: text, ruleIndex: index, level, message },
  kind: { enum: ['notApplicable', 'pass', 'fail', 'review', 'open', 'informational'] },
  locations: list(location),
  relatedLocations: list(location, { uniqueItems: true }),
  occurrenceCount: { type: 'integer', minimum: 1 },
  partialFingerprints: { type: 'object', additionalProperties: text },
  fingerprints: { type: 'object', additionalProperties: text },
  baselineState: { enum: ['new', 'unchanged', 'updated', 'absent'] },
  rank: { type: 'number', minimum: -1, maximum: 100 },
});
/** §3.14. */
const run = closed(['tool'], {
  ...{
    tool,
    invocations: list(invocation),
    artifacts: list(artifact, { uniqueItems: true }),
    results: list(result),
  },
  columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
});
/** §3.13. */
const schema = closed(['version', 'runs'], {
  ...{ $schema: { type: 'string', format: 'uri' }, version: { enum: ['2.1.0'] }, runs: list(run) },
});

// The official one is of draft 4: what of it differs from later drafts is how it names itself.
const {
  $schema: _draft,
  id: _name,
  ...standard
} = createRequire(import.meta.url)(
  '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json',
) as SchemaObject;
const official = compiled(standard, { strict: false, unicodeRegExp: false });
const ours = compiled(schema, {});

function compiled(schema: SchemaObject, options: Options): ValidateFunction {
  const ajv = new Ajv({ allErrors: true, ...options });
  (addFormats as unknown as (ajv: Ajv) => void)(ajv);
  return ajv.compile(schema);
}
