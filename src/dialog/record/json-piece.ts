// Constant JSON text, kept so that it is copied eight octets at a time.

/** Text for JsonText.piece: without DEL, as spellOut leaves it, so that no eight octets of it make a NaN. */
export class JsonPiece {
  readonly length: number;
  /** The octets, eight in each, little-endian. */
  readonly words: Float64Array;

  constructor(text: string) {
    const octets = Buffer.from(text);
    const view = new DataView(new ArrayBuffer((octets.length + 7) & ~7));
    octets.forEach((octet, at) => {
      view.setUint8(at, octet);
    });
    this.length = octets.length;
    this.words = Float64Array.from({ length: view.byteLength / 8 }, (_, word) =>
      view.getFloat64(word * 8, true),
    );
  }
}
