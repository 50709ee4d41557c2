// The rules of this group, in the order of the catalogue.
import type { Rule } from '../rule.ts';
import privateAddressExposed from './private-address-exposed.ts';
import receivedRport from './received-rport.ts';

export const RULES: readonly Rule[] = [privateAddressExposed, receivedRport];
