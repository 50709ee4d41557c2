#!/usr/bin/env bash
# A user agent over WebSocket registers at Kamailio, calls Bob (SIPp, over UDP), and is written to by him. Besides what
# record.sh names it needs the Debian package kamailio-websocket-modules, and Node 22 or later.
. "$(dirname "$0")/../record.sh"

# As on Ethernet: what is longer takes several segments. Alice's end of the connection has an address of its own.
ip link set lo mtu 1500 gso_max_segs 1
ip route replace local 127.0.0.20 dev lo table local src 127.0.0.10

start kamailio kamailio -DD -E -f "$case_dir/kamailio.cfg" -Y "$work" -u root -g root \
  -l udp:127.0.0.20:5060 -l tcp:127.0.0.20:80
await kamailio listens 127.0.0.20:80
sleep 0.3
register bob sip:bob@127.0.0.40
record 'udp port 5060 or tcp port 80 or ip[6:2] & 0x1fff != 0'
sipp_at bob 127.0.0.40 bob.xml
bob=$last
start alice node "$case_dir/agent.mjs"
alice=$last
ended_well "$bob" bob
waits=no sipp_at note 127.0.0.40 note.xml 127.0.0.20:5060
ended_well "$last" note
if ! wait "$alice"; then
  cat alice.log >&2
  exit 1
fi
keep call.pcapng
