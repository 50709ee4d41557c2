// The rules of this group, in the order of the catalogue.
import type { Rule } from '../rule.ts';
import location from './location.ts';
import resourcePriority from './resource-priority.ts';
import serviceId from './service-id.ts';
import treatment from './treatment.ts';

export const RULES: readonly Rule[] = [serviceId, location, treatment, resourcePriority];
