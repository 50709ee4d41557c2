// Addresses as people and headers write them → as endpoints are written.

/** An ip or `ip:port` in the one form that endpoints have, IPv6 as RFC 5952 writes it; null when it is neither. */
export function parseAddress(text: string): string | null {
  const v4 = /^(\d{1,3}(?:\.\d{1,3}){3})(?::(\d{1,5}))?$/.exec(text);
  if (v4 !== null) {
    const octets = v4[1].split('.').map(Number);
    if (octets.some((octet) => octet > 255)) return null;
    return withPort(octets.join('.'), v4[2]);
  }
  const v6 =
    /^\[([0-9A-Fa-f:.]+)\](?::(\d{1,5}))?$/.exec(text) ?? /^([0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)$/.exec(text);
  const url = v6 === null ? null : URL.parse(`http://[${v6[1]}]/`);
  return v6 === null || url === null ? null : withPort(url.hostname.slice(1, -1), v6[2]);
}

function withPort(ip: string, port: string | undefined): string | null {
  if (port === undefined) return ip;
  return Number(port) > 65535 ? null : joinPort(ip, Number(port));
}

/** `192.0.2.1:5060`, `[2001:db8::1]:5060`. */
export function joinPort(ip: string, port: number): string {
  return ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`;
}
