/** The chosen packets do not go into the chosen format; the message says why, for people. */
export class CopyRefused extends Error {
  override readonly name = 'CopyRefused';
}
