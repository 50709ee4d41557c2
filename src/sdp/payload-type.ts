// RTP payload types with a fixed meaning in RTP/AVP (RFC 3551 §6, tables 4 and 5): the number → name/clock[/channels].

/** 'PCMU/8000' for 0; undefined for numbers that are unassigned, reserved or dynamic. */
export function staticPayloadType(payloadType: number): string | undefined {
  return STATIC[payloadType];
}

/** RFC 3551 §6: 96 to 127 have no meaning until an rtpmap gives them one. */
export function isDynamicPayloadType(payloadType: number): boolean {
  return payloadType >= 96 && payloadType <= 127;
}

const STATIC: readonly (string | undefined)[] = Object.assign(
  new Array<string | undefined>(128).fill(undefined),
  {
    0: 'PCMU/8000',
    3: 'GSM/8000',
    4: 'G723/8000',
    5: 'DVI4/8000',
    6: 'DVI4/16000',
    7: 'LPC/8000',
    8: 'PCMA/8000',
    9: 'G722/8000',
    10: 'L16/44100/2',
    11: 'L16/44100',
    12: 'QCELP/8000',
    13: 'CN/8000',
    14: 'MPA/90000',
    15: 'G728/8000',
    16: 'DVI4/11025',
    17: 'DVI4/22050',
    18: 'G729/8000',
    25: 'CelB/90000',
    26: 'JPEG/90000',
    28: 'nv/90000',
    31: 'H261/90000',
    32: 'MPV/90000',
    33: 'MP2T/90000',
    34: 'H263/90000',
  },
);
