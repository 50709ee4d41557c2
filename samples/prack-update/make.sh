#!/usr/bin/env bash
# Early media with reliable provisional responses, SIPp (127.0.0.10) to SIPp (127.0.0.40).
. "$(dirname "$0")/../record.sh"

record 'udp port 5060'
sipp_at callee 127.0.0.40 callee.xml
callee=$last
waits=no sipp_at caller 127.0.0.10 caller.xml 127.0.0.40:5060
ended_well "$last" caller
ended_well "$callee" callee
keep prack-update.pcap
