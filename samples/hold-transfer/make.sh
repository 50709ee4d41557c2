#!/usr/bin/env bash
# Alice (127.0.0.10) calls Bob (127.0.0.40), who holds her, resumes, and transfers her to Carol (127.0.0.50).
. "$(dirname "$0")/../record.sh"

record udp
sipp_at target 127.0.0.50 target.xml
target=$last
sipp_at transferor 127.0.0.40 transferor.xml
transferor=$last
waits=no sipp_at transferee 127.0.0.10 transferee.xml 127.0.0.40:5060
transferee=$last
# SIPp places the referred call from a process of its own (port 5062), as soon as the REFER has been accepted.
await tcpdump grep -qa 'Refer-To' recorded.pcap
waits=no sipp_at referred-call 127.0.0.10:5062 referred-call.xml 127.0.0.50:5060
ended_well "$last" referred-call
ended_well "$transferee" transferee
ended_well "$transferor" transferor
ended_well "$target" target
keep hold-transfer.pcap
