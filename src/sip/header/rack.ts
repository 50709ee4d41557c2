// RAck (RFC 3262 §7.2): the RSeq, CSeq number and method of the provisional response a PRACK acknowledges.

export interface RAck {
  readonly rseq: number;
  readonly cseq: number;
  readonly method: string;
}

/** undefined when the value is not `1*DIGIT LWS 1*DIGIT LWS Method`. */
export function parseRAck(value: string): RAck | undefined {
  const match = /^([0-9]{1,15})\s+([0-9]{1,15})\s+([\w\-.!%*+`'~]+)$/.exec(value.trim());
  return match === null ? undefined : { rseq: Number(match[1]), cseq: Number(match[2]), method: match[3] };
}
