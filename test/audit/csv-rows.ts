// RFC 4180 read strictly: text → rows of cells. Throws where the text is none.

export function csvRows(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (let at = 0; at < text.length; ) {
    const cell = /"(?:[^"]|"")*"|[^",\r\n]*/y;
    cell.lastIndex = at;
    const [found] = cell.exec(text)!;
    at += found.length;
    row.push(found.startsWith('"') ? found.slice(1, -1).replaceAll('""', '"') : found);
    if (text[at] === ',') at++;
    else if (text.startsWith('\r\n', at)) {
      at += 2;
      rows.push(row);
      row = [];
    } else throw new Error(`no comma and no line end at ${at}`);
  }
  if (row.length > 0) throw new Error('the last line does not end');
  return rows;
}
