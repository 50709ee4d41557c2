// Offers and answers of the playbooks, most of them as the Cisco chapter prints them.

/** The offer of the chapter's INVITE; its second c= is none that anyone could reach. */
export const IM_OFFER = sdp(`
v=0
o=- 0 0 IN IP4 192.168.1.121
s=session
c=IN IP4 192.168.1.121
t=0 0
m=message 5060 sip sip:caller@caller.com
c=IN IP4 192.168.1.122`);

/** The answer of the chapter's 200. */
export const IM_ANSWER = sdp(`
v=0
o=- 0 0 IN IP4 192.168.2.200
s=session
c=IN IP4 192.168.2.200
t=0 0
m=x-ms-message 5060 sip null`);

export const AUDIO_OFFER = sdp(`
v=0
o=caller 1 1 IN IP4 192.168.1.121
s=-
c=IN IP4 192.168.1.121
t=0 0
m=audio 40000 RTP/AVP 0
a=rtpmap:0 PCMU/8000`);

export const AUDIO_ANSWER = sdp(`
v=0
o=callee 1 1 IN IP4 192.168.2.200
s=-
c=IN IP4 192.168.2.200
t=0 0
m=audio 50000 RTP/AVP 0
a=rtpmap:0 PCMU/8000`);

/** The session of `text` with these media lines in place of its own. */
export function withMedia(text: string, ...media: readonly string[]): string {
  return `${text.slice(0, text.indexOf('m='))}${media.join('\r\n')}\r\n`;
}

export function sdp(text: string): string {
  return `${text.trim().replaceAll('\n', '\r\n')}\r\n`;
}
