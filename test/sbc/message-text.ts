// Messages as playbooks write them: indented as the code around them, lines ended as it comes, Content-Length left out
// where it is right. As SIP has them they begin in the first column, have CRLF, and Content-Length is their last header.

export function messageText(written: string): string {
  const lines = outdented(written);
  const blank = lines.indexOf('');
  const head = blank < 0 ? lines : lines.slice(0, blank);
  const body = blank < 0 ? '' : lines.slice(blank + 1).join('\r\n');
  if (!head.some((line) => /^(?:content-length|l)\s*:/i.test(line)))
    head.push(`Content-Length: ${Buffer.byteLength(body)}`);
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}

/** A body ends as its text ends: with a line end when the closing quote is on a line of its own. */
function outdented(written: string): string[] {
  const lines = written.replace(/\r\n/g, '\n').replace(/^\n/, '').split('\n');
  const margin = /^ */.exec(lines[0])![0];
  return lines
    .map((line) => (line.startsWith(margin) ? line.slice(margin.length) : line.trimStart()))
    .map((line, index) => (index === lines.length - 1 ? line.trimEnd() : line));
}
