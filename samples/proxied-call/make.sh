#!/usr/bin/env bash
# The same call through a record-routing Kamailio, over UDP (udp.pcapng, with names) and over TCP (tcp.pcap.gz).
. "$(dirname "$0")/../record.sh"

call() {
  local transport=$1 capture=$2
  local sipp_transport=u1
  if [ "$transport" = tcp ]; then sipp_transport=t1; fi
  kamailio_at 127.0.0.20
  local proxy=$last
  register bob sip:bob@127.0.0.40
  record 'port 5060'
  sipp_at "$transport-callee" 127.0.0.40 callee.xml -t "$sipp_transport"
  local callee=$last
  waits=no sipp_at "$transport-caller" 127.0.0.10 caller.xml -t "$sipp_transport" 127.0.0.20:5060
  ended_well "$last" "$transport-caller"
  ended_well "$callee" "$transport-callee"
  keep "$capture"
  kill "$proxy"
  wait "$proxy" || true
}
call udp plain.pcapng
# The names of ./hosts become a name resolution block.
tshark -r "$case_dir/plain.pcapng" -H "$case_dir/hosts" -N nNtd -W n -Y ip -w "$case_dir/udp.pcapng"
rm "$case_dir/plain.pcapng"
call tcp tcp.pcap.gz
