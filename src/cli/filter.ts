// Opens the --filter option; the filter language is loaded only where there is one.
import type { FilterOption } from './filter-option.ts';

/** Null without an expression; a wrong one ends the program, pointing at the column. */
export async function openFilter(text: string | undefined): Promise<FilterOption | null> {
  return text === undefined ? null : (await import('./filter-option.ts')).parseFilterOption(text);
}
