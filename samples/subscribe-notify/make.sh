#!/usr/bin/env bash
# A presence subscription, SIPp (127.0.0.10) to SIPp (127.0.0.40), and one for an event nobody knows.
. "$(dirname "$0")/../record.sh"

record 'udp port 5060'
sipp_at notifier 127.0.0.40 notifier.xml
notifier=$last
waits=no sipp_at watcher 127.0.0.10 watcher.xml 127.0.0.40:5060
ended_well "$last" watcher
ended_well "$notifier" notifier
sipp_at rejecting 127.0.0.40 rejecting.xml
rejecting=$last
waits=no sipp_at rejected 127.0.0.10 rejected.xml 127.0.0.40:5060
ended_well "$last" rejected
ended_well "$rejecting" rejecting
keep subscribe-notify.pcapng
