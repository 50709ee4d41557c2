// The rules of this group, in the order of the catalogue.
import type { Rule } from '../rule.ts';
import keepaliveNoPong from './keepalive-no-pong.ts';
import tcpFraming from './tcp-framing.ts';
import udpTooLarge from './udp-too-large.ts';
import viaMismatch from './via-mismatch.ts';

export const RULES: readonly Rule[] = [udpTooLarge, tcpFraming, keepaliveNoPong, viaMismatch];
