// The rules of this group, in the order of the catalogue.
import type { Rule } from '../rule.ts';
import contentIndirection from './content-indirection.ts';
import contentLength from './content-length.ts';
import contentType from './content-type.ts';
import cseqFormat from './cseq-format.ts';
import duplicateSingleHeader from './duplicate-single-header.ts';
import headerNotApplicable from './header-not-applicable.ts';
import imTooLarge from './im-too-large.ts';
import mandatoryHeader from './mandatory-header.ts';
import maxForwards from './max-forwards.ts';
import messageMethodRules from './message-method-rules.ts';
import notifyRules from './notify-rules.ts';
import optionTags from './option-tags.ts';
import publishRules from './publish-rules.ts';
import referRules from './refer-rules.ts';
import responseCode from './response-code.ts';
import subscribeEvent from './subscribe-event.ts';
import tags from './tags.ts';
import unknownOrMisspeltHeader from './unknown-or-misspelt-header.ts';
import viaBranch from './via-branch.ts';

export const RULES: readonly Rule[] = [
  mandatoryHeader,
  headerNotApplicable,
  duplicateSingleHeader,
  viaBranch,
  cseqFormat,
  tags,
  maxForwards,
  contentLength,
  contentType,
  imTooLarge,
  messageMethodRules,
  subscribeEvent,
  notifyRules,
  referRules,
  publishRules,
  optionTags,
  contentIndirection,
  unknownOrMisspeltHeader,
  responseCode,
];
