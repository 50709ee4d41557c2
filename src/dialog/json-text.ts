// Values as JSON text, for records written by hand: the same text as JSON.stringify gives, without building an object.

export function jsonString(text: string): string {
  if (text === '') return '""';
  // What has nothing to escape (RFC 8259 §7) needs no work; lone surrogates are escaped by JSON.stringify.
  return NEEDS_CARE.test(text) ? JSON.stringify(text) : `"${text}"`;
}

export function jsonNumber(value: number | null): string {
  return value === null || !Number.isFinite(value) ? 'null' : `${value}`;
}

export function jsonList<Item>(items: readonly Item[], write: (item: Item) => string): string {
  if (items.length === 0) return '[]';
  let text = `[${write(items[0])}`;
  for (let i = 1; i < items.length; i++) text += `,${write(items[i])}`;
  return `${text}]`;
}

const NEEDS_CARE = /[\0-\x1f"\\\ud800-\udfff]/;
