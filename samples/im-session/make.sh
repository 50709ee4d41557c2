#!/usr/bin/env bash
# An IM session through an SBC: the box is a pair of SIPps that tell each other what came (SIPp's 3PCC mode, over TCP port
# 3333, which is not recorded). Caller 127.0.0.10, the box 127.0.0.20 and 127.0.0.30, callee 127.0.0.40.
. "$(dirname "$0")/../record.sh"

record 'udp port 5060'
sipp_at callee 127.0.0.40 callee.xml
callee=$last
waits=no sipp_at sbc-far 127.0.0.30 sbc-far.xml 127.0.0.40:5060 -3pcc 127.0.0.30:3333
far=$last
await sbc-far listens 0.0.0.0:3333
sipp_at sbc-near 127.0.0.20 sbc-near.xml 127.0.0.10:5060 -3pcc 127.0.0.30:3333
near=$last
waits=no sipp_at caller 127.0.0.10 caller.xml 127.0.0.20:5060
ended_well "$last" caller
ended_well "$near" sbc-near
ended_well "$far" sbc-far
ended_well "$callee" callee
keep im-session.pcapng
