// The words that belong to protocols and not to people, and so may stay as they are: those of the tables that the stages before
// have, and those of protocol-words.ts. Case does not matter.
import { staticPayloadType } from '../../sdp/payload-type.ts';
import { HEADERS } from '../../sip/header/header-names.ts';
import { METHODS } from '../../sip/method.ts';
import { STATUS_NAMES } from '../../sip/status.ts';
import { WordTable } from '../pseudonym/word-table.ts';
import { PROTOCOL_WORDS } from './protocol-words.ts';

/** Whether `data[from, to)`, of letters and digits only, is a word of the vocabulary. */
export function isVocabulary(data: Uint8Array, from: number, to: number): boolean {
  return WORDS.find(data, from, to) >= 0;
}

function texts(): string[] {
  const payloadTypes = Array.from({ length: 128 }, (_, number) => staticPayloadType(number) ?? '');
  const headers = HEADERS.map(({ name }) => name);
  // Compact names, and what stands alone in many places: levels of attestation, streams, parts of versions.
  const letters = 'a b c d e f g h i j k l m n o p q r s t u v w x y z';
  return [...METHODS, ...headers, ...STATUS_NAMES.values(), ...payloadTypes, letters, ...PROTOCOL_WORDS];
}

function tableOf(words: readonly string[]): WordTable {
  const table = new WordTable(4096);
  for (const word of words) {
    const octets = Buffer.from(word, 'latin1');
    // A number is nobody's vocabulary: how it is treated depends on where it stands.
    if (/[a-z]/i.test(word) && table.find(octets, 0, octets.length) < 0) table.add(octets, 0, octets.length);
  }
  return table;
}

const WORDS = tableOf(texts().flatMap((text) => text.split(/[^A-Za-z0-9]+/)));
