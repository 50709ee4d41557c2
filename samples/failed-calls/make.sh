#!/usr/bin/env bash
# Alice (127.0.0.10) calls through Kamailio (127.0.0.20) and is refused in every way: not found, busy, declined, moved,
# no answer at all.
. "$(dirname "$0")/../record.sh"

kamailio_at 127.0.0.20
register busy sip:busy@127.0.0.40
register decline sip:decline@127.0.0.40
register moved sip:moved@127.0.0.40
register gone sip:gone@127.0.0.50
record 'udp port 5060'

# refused USER: one call to that user
refused() {
  waits=no sipp_at "caller-$1" 127.0.0.10 caller.xml 127.0.0.20:5060 -s "$1"
  ended_well "$last" "caller-$1"
}
# refused_by_phone USER STATUS-LINE: the same, with a phone that answers so
refused_by_phone() {
  sed "s/486 Busy Here/$2/" "$case_dir/phone.xml" >phone.xml
  case_dir=$work sipp_at "phone-$1" 127.0.0.40 phone.xml -s "$1"
  local phone=$last
  refused "$1"
  ended_well "$phone" "phone-$1"
}
refused nobody
refused_by_phone busy '486 Busy Here'
refused_by_phone decline '603 Decline'
refused_by_phone moved '302 Moved Temporarily'
refused gone
keep failed-calls.pcapng
