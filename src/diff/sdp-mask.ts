// Values of session descriptions without what is new with every session: ids and versions, ports, keys, credentials of ICE
// (RFC 8866 §5.2; RFC 4568; RFC 8839; RFC 5576; RFC 8830).
import { MASK } from './header-mask.ts';

/** `name` is the type of the line, or `a=` with the name of the attribute. */
export function maskedSdp(name: string, value: string): string {
  return MASKS.get(name)?.(value) ?? value;
}

const all = (): string => MASK;
const digits = (value: string): string => value.replace(/\d+/g, MASK);
const second = (value: string): string => value.replace(/^(\S+\s+)\S+/, `$1${MASK}`);

const MASKS: ReadonlyMap<string, (value: string) => string> = new Map([
  // <username> <sess-id> <sess-version> <nettype> <addrtype> <unicast-address>
  ['o=', (value: string) => value.replace(/^(\S+\s+)\S+(\s+)\S+/, `$1${MASK}$2${MASK}`)],
  // RFC 3264 §6: port 0 says that the medium is refused.
  ['m=', (value: string) => value.replace(/^(\S+\s+)[1-9]\d*/, `$1${MASK}`)],
  ['k=', (value: string) => value.replace(/:.*$/s, `:${MASK}`)],
  ['a=rtcp', (value: string) => value.replace(/^[1-9]\d*/, MASK)],
  // <foundation> <component> <transport> <priority> <address> <port> typ …
  [
    'a=candidate',
    (value: string) =>
      value
        .replace(/^\S+/, MASK)
        .replace(/^((?:\S+\s+){3})\S+(\s+\S+\s+)\d+/, `$1${MASK}$2${MASK}`)
        .replace(/\S+/g, (word) => (word.endsWith('.local') ? MASK : word))
        .replace(/\b(rport|ufrag|network-id|network-cost)\s+\S+/g, `$1 ${MASK}`),
  ],
  ['a=remote-candidates', digits],
  ['a=ice-ufrag', all],
  ['a=ice-pwd', all],
  ['a=crypto', (value: string) => value.replace(/(inline:)[^|;\s]*/gi, `$1${MASK}`)],
  ['a=key-mgmt', (value: string) => value.replace(/^(\S+\s+).*$/s, `$1${MASK}`)],
  ['a=fingerprint', second],
  ['a=zrtp-hash', second],
  ['a=tls-id', all],
  ['a=ssrc', (value: string) => value.replace(/^\d+/, MASK).replace(/(:).*$/s, `$1${MASK}`)],
  ['a=ssrc-group', digits],
  ['a=msid', all],
  // msrp://host:port/session;tcp (RFC 4975 §6)
  ['a=path', (value: string) => value.replace(/(:\d+)?\/[^/;\s]*;/g, `:${MASK}/${MASK};`)],
]);
