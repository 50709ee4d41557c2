#!/usr/bin/env bash
# Page-mode messages through Kamailio: Bob's phone (SIPp) registers; sipsak writes to him, then to nobody; SIPp writes
# to him with a CPIM body; the last message goes to a phone that was switched off.
. "$(dirname "$0")/../record.sh"

# send FILE USER: sipsak sends the message of the file, and repeats it until there is an answer
send() { sipsak -f "$case_dir/$1.sip" -s "sip:$2@example.com" --local-ip=127.0.0.10 -H 127.0.0.10 || true; }

kamailio_at 127.0.0.20
record 'udp port 5060 or icmp'
register bob sip:bob@127.0.0.40
sipp_at receiver 127.0.0.40 receiver.xml -m 2
receiver=$last
send lunch bob
sleep 0.3
send nobody nobody
sleep 0.3
waits=no sipp_at sender 127.0.0.10 sender.xml 127.0.0.20:5060
ended_well "$last" sender
ended_well "$receiver" receiver
register carol sip:carol@127.0.0.50
send late carol
keep messages.pcap
