// The description of any other session without what tells who made it (rules.md §14; RFC 3323 §5.2): o= is the SBC's own,
// names and contacts go. The addresses and ports of media stay as they are, in c=, m= and candidates: the SBC relays no
// media, and none would flow with its own.
import { parseSdp } from '../../sdp/session.ts';
import { LineWriter } from './line-writer.ts';
import { type OwnDescription, ownOrigin } from './own-description.ts';
import { isAboutPeople, isNeedlessAttribute, sessionName } from './telling-line.ts';

export function hideTopology(received: Buffer, own: OwnDescription): Buffer {
  const sd = parseSdp(received);
  const writer = new LineWriter(sd);
  let hasOrigin = false;
  for (const line of sd.allLines) {
    const text = sd.text(line);
    if (line.type === 'o') {
      if (!hasOrigin) writer.add(ownOrigin(own));
      hasOrigin = true;
    } else if (line.type === 's' && sessionName(text) === '-') writer.add('s=-');
    else if (!isAboutPeople(line.type) && !(line.type === 'a' && isNeedlessAttribute(text)))
      writer.keep(line);
  }
  return writer.octets();
}
