// a=group (RFC 5888 §5): sections that belong together, `BUNDLE audio video`, `LS 1 2`.
import type { SessionDescription } from './session.ts';

export interface Group {
  readonly semantics: string;
  readonly mids: readonly string[];
}

export function groupsOf(sd: SessionDescription): Group[] {
  return sd.attributeValues('group').map((value) => {
    const [semantics, ...mids] = value.trim().split(/ +/);
    return { semantics, mids };
  });
}
