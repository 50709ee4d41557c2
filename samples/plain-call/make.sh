#!/usr/bin/env bash
# call.pcap: SIPp (127.0.0.10) calls SIPp (127.0.0.40); both play a little audio.
# softphone.pcapng: SIPp (192.0.2.10) calls baresip (192.0.2.40), which answers by itself and plays a tone. baresip will
# not use 127.0.0.0/8, so the loopback interface of this namespace gets two documentation addresses (RFC 5737).
. "$(dirname "$0")/../record.sh"

record udp
sipp_at callee 127.0.0.40 callee.xml
callee=$last
waits=no sipp_at caller 127.0.0.10 caller.xml 127.0.0.40:5060
ended_well "$last" caller
ended_well "$callee" callee
keep call.pcap

ip address add 192.0.2.40/32 dev lo
ip address add 192.0.2.10/32 dev lo
ip route replace table local local 192.0.2.10 dev lo src 192.0.2.40 # baresip sends media from an unbound socket
mkdir bob
cat >bob/config <<'CONFIG'
sip_listen 192.0.2.40:5060
audio_source aubridge,nothing
audio_player aubridge,nothing
audio_alert aubridge,nothing
module_path /usr/lib/baresip/modules
module g711.so
module ausine.so
module aubridge.so
module_app account.so
module_app menu.so
CONFIG
echo '<sip:bob@192.0.2.40>;regint=0;answermode=auto' >bob/accounts
record udp
start baresip baresip -f bob -t 12
await baresip listens 192.0.2.40:5060
sleep 0.5
waits=no sipp_at softphone-caller 192.0.2.10 caller.xml 192.0.2.40:5060
ended_well "$last" softphone-caller
keep softphone.pcapng
