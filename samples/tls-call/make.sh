#!/usr/bin/env bash
# A call over TLS through a record-routing Kamailio, which goes on over UDP: with the secrets of the connection inside (call.pcapng),
# and with those beside it (call.pcap, keys.txt). SIPp speaks TCP to tunnel.mjs, which speaks TLS and writes the key log.
. "$(dirname "$0")/../record.sh"

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj /CN=example.com \
  -keyout tls.key -out tls.crt 2>/dev/null
kamailio_at 127.0.0.20 -w "$work" -A TLS -l tls:127.0.0.20:5061
register bob sip:bob@127.0.0.40
start tunnel node "$case_dir/tunnel.mjs" 127.0.0.11:5060 127.0.0.20:5061 127.0.0.10 keys.txt
await tunnel listens 127.0.0.11:5060
record 'port 5061 or (udp port 5060)'
scenarios="$samples_dir/proxied-call" sipp_at callee 127.0.0.40 callee.xml -t u1
callee=$last
waits=no sipp_at caller 127.0.0.10 caller.xml -t t1 127.0.0.11:5060
ended_well "$last" caller
ended_well "$callee" callee
keep call.pcap
cp keys.txt "$case_dir/keys.txt"
editcap --inject-secrets "tls,$case_dir/keys.txt" "$case_dir/call.pcap" "$case_dir/call.pcapng"
