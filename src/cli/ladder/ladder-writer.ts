// The drawings of `ladder` in the format asked for: those that stand alone go out as they come, a picture of all at the end.
import type { Drawing } from '../../ladder/drawing.ts';
import type { LadderMessage } from '../../ladder/html-message.ts';
import { renderText, type TextOptions } from '../../ladder/text.ts';
import type { Output } from '../output/output.ts';

export const LADDER_FORMATS = ['text', 'svg', 'png', 'html', 'mermaid', 'plantuml', 'json'] as const;
export type LadderFormat = (typeof LADDER_FORMATS)[number];

/** The format that the end of a file's name tells. */
export const LADDER_FORMAT_BY_END: Readonly<Record<string, LadderFormat>> = {
  '.txt': 'text',
  '.svg': 'svg',
  '.png': 'png',
  '.html': 'html',
  '.htm': 'html',
  '.mmd': 'mermaid',
  '.mermaid': 'mermaid',
  '.puml': 'plantuml',
  '.plantuml': 'plantuml',
  '.json': 'json',
  '.ndjson': 'json',
  '.jsonl': 'json',
};

export interface LadderWriter {
  /** `messages` gives those of the drawing's flow, in its order. */
  add(drawing: Drawing, messages: () => readonly LadderMessage[]): void;
  end(): Promise<void>;
}

export async function ladderWriter(
  format: LadderFormat,
  output: Output,
  options: TextOptions,
): Promise<LadderWriter> {
  switch (format) {
    case 'text':
      return alone(output, function* (drawing) {
        for (const line of renderText(drawing, options)) yield `${line}\n`;
        yield '\n';
      });
    case 'json': {
      const { drawingRecord } = await import('../../ladder/drawing-record.ts');
      const { spellOut } = await import('../../dialog/record/json-text.ts');
      return alone(output, (drawing) => [`${spellOut(JSON.stringify(drawingRecord(drawing)))}\n`]);
    }
    case 'plantuml': {
      const { renderPlantuml } = await import('../../ladder/plantuml.ts');
      return alone(output, (drawing) => renderPlantuml(drawing, options.time));
    }
    case 'mermaid': {
      const { renderMermaid } = await import('../../ladder/mermaid.ts');
      return together(output, ({ drawings, unseen }) => [renderMermaid(drawings, { ...options, unseen })]);
    }
    case 'svg': {
      const { renderSvg } = await import('../../ladder/svg.ts');
      return together(output, ({ drawings, unseen }) => renderSvg(drawings, { ...options, unseen }));
    }
    case 'png': {
      const { renderSvg } = await import('../../ladder/svg.ts');
      const { pngOf } = await import('./png.ts');
      return together(output, async ({ drawings, unseen }) => [
        await pngOf([...renderSvg(drawings, { ...options, unseen })].join('')),
      ]);
    }
    case 'html': {
      const { renderHtml } = await import('../../ladder/html.ts');
      const { createHash } = await import('node:crypto');
      const digest = (text: string): string => createHash('sha256').update(text).digest('base64');
      return together(output, ({ drawings, messages, unseen }) => {
        const ladders = drawings.map((drawing, index) => ({ drawing, messages: messages[index]!() }));
        return renderHtml(ladders, { ...options, digest, unseen });
      });
    }
  }
}

function alone(output: Output, render: (drawing: Drawing) => Iterable<string>): LadderWriter {
  return {
    add(drawing) {
      for (const piece of render(drawing)) output.write(piece);
    },
    async end() {},
  };
}

interface Collected {
  readonly drawings: Drawing[];
  readonly messages: (() => readonly LadderMessage[])[];
  unseen: number;
}

function together(
  output: Output,
  render: (all: Collected) => Iterable<string> | Promise<Iterable<Buffer>>,
): LadderWriter {
  const all: Collected = { drawings: [], messages: [], unseen: 0 };
  let rows = 0;
  return {
    add(drawing, messages) {
      rows += drawing.rows.length;
      const isFull = all.drawings.length >= MOST_LADDERS || (all.drawings.length > 0 && rows > MOST_ROWS);
      if (isFull) all.unseen++;
      else {
        all.drawings.push(drawing);
        all.messages.push(messages);
      }
    },
    async end() {
      if (all.drawings.length === 0) return;
      for (const piece of await render(all)) {
        if (typeof piece === 'string') output.write(piece);
        else output.octets(piece);
        await output.flush();
      }
    },
  };
}

/** In one picture: more of them nobody looks through, and browsers do not like them. */
const MOST_LADDERS = 500;
const MOST_ROWS = 50_000;
