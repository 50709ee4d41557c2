// The rules of this group, in the order of the catalogue.
import type { Rule } from '../rule.ts';

export const RULES: readonly Rule[] = [];
