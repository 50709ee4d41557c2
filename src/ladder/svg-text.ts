// A piece of text in SVG. What it says is escaped here, and nowhere else.
import { escapeMarkup } from './escape-markup.ts';

/** `classes` are words of svg-style.ts. */
export function svgText(x: number, y: number, classes: string, text: string): string {
  return `<text x="${at(x)}" y="${at(y)}" class="${classes}">${escapeMarkup(text)}</text>`;
}

/** A coordinate, to a tenth of a pixel. */
export function at(value: number): string {
  return String(Math.round(value * 10) / 10);
}
