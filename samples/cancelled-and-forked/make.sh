#!/usr/bin/env bash
# cancelled.pcap: Alice cancels a ringing call through the proxy. forked.pcapng: the proxy forks a call to Bob's two
# phones; the one on his desk (127.0.0.40) answers, so the proxy cancels the other (127.0.0.50).
. "$(dirname "$0")/../record.sh"

kamailio_at 127.0.0.20
register carol sip:carol@127.0.0.50
record 'udp port 5060'
sipp_at carol 127.0.0.50 ringing-phone.xml -s carol
carol=$last
waits=no sipp_at cancelling-caller 127.0.0.10 cancelling-caller.xml 127.0.0.20:5060
ended_well "$last" cancelling-caller
ended_well "$carol" carol
keep cancelled.pcap

register bob sip:bob@127.0.0.40
register bob sip:bob@127.0.0.50
record 'udp port 5060'
sipp_at mobile 127.0.0.50 ringing-phone.xml -s bob
mobile=$last
case_dir=$samples_dir/proxied-call sipp_at desk 127.0.0.40 callee.xml
desk=$last
case_dir=$samples_dir/proxied-call waits=no sipp_at caller 127.0.0.10 caller.xml 127.0.0.20:5060
ended_well "$last" caller
ended_well "$desk" desk
ended_well "$mobile" mobile
keep forked.pcapng
