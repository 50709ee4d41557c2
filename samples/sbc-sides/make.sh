#!/usr/bin/env bash
# An SBC's two sides, six times: the box is a pair of SIPps that tell each other what came (SIPp's 3PCC mode, over TCP port
# 3333, which is not recorded). Caller 127.0.0.10, the box 127.0.0.20 and 127.0.0.30, callee and registrar 127.0.0.40.
. "$(dirname "$0")/../record.sh"

# sdp ADDRESS USER MEDIA…: a session description
sdp() {
  local address=$1 user=$2
  shift 2
  printf 'v=0\no=%s 1 1 IN IP4 %s\ns=-\nc=IN IP4 %s\nt=0 0\n' "$user" "$address" "$address"
  printf '%s\n' "$@"
}

# render NAME: NAME.xml.in with every @VARIABLE@ filled in, as $work/NAME.xml
render() {
  perl -pe 's/\@(\w+)\@/exists $ENV{$1} ? $ENV{$1} : die "no $1"/ge' "$case_dir/$1.xml.in" >"$work/$1.xml"
}

# session CAPTURE: the call of the variables, recorded
session() {
  local scenarios=$work
  for name in caller near far callee; do render "$name"; done
  sipp_at callee 127.0.0.40 callee.xml
  local callee=$last
  waits=no sipp_at far 127.0.0.30 far.xml 127.0.0.40:5060 -3pcc 127.0.0.30:3333 -cid_str 'im-%u@%s'
  local far=$last
  await far listens 0.0.0.0:3333
  sipp_at near 127.0.0.20 near.xml 127.0.0.10:5060 -3pcc 127.0.0.30:3333
  local near=$last
  waits=no sipp_at caller 127.0.0.10 caller.xml 127.0.0.20:5060 -cid_str "$CALL_ID_A"
  ended_well "$last" caller
  ended_well "$near" near
  ended_well "$far" far
  ended_well "$callee" callee
}

# registration: the caller registers through the box
registration() {
  local scenarios=$case_dir
  sipp_at registrar 127.0.0.40 registrar.xml
  local registrar=$last
  waits=no sipp_at register-far 127.0.0.30 register-far.xml 127.0.0.40:5060 -3pcc 127.0.0.30:3333
  local far=$last
  await register-far listens 0.0.0.0:3333
  sipp_at register-near 127.0.0.20 register-near.xml 127.0.0.10:5060 -3pcc 127.0.0.30:3333
  local near=$last
  waits=no sipp_at register 127.0.0.10 register.xml 127.0.0.20:5060
  ended_well "$last" register
  ended_well "$near" register-near
  ended_well "$far" register-far
  ended_well "$registrar" registrar
}

im='m=message 5060 sip sip:caller@127.0.0.10'
back='m=message 5060 sip sip:callee@127.0.0.40'
proxy1='<sip:proxy1@127.0.0.10;lr>'
near_rr='<sip:caller_adj@127.0.0.20;lr>'
far_rr='<sip:callee_adj@127.0.0.30;lr>'

# rewriting: two Record-Route sets, the box's own Contact and identifiers on each side
rewriting() {
  export CALL_ID_A='im-%u' CALL_ID_B='sbc///[call_id]' FROM_B='"Caller" <sip:caller@dcsbc.com>'
  export TAG_A=s1 TAG_B=t1 CSEQ_B=101 CSEQ_B_MESSAGE=102 CSEQ_B_BYE=103
  export RR_A="Record-Route: $proxy1"$'\n' RR_B='' ROUTE_A=''
  export CONTACT_A='sip:callee@127.0.0.20:5060' CONTACT_B='sip:caller@127.0.0.30:5060'
  OFFER_A=$(sdp 127.0.0.10 caller "$im")
  ANSWER_B=$(sdp 127.0.0.40 callee "$back")
  export OFFER_A ANSWER_B OFFER_B=$OFFER_A ANSWER_A=$ANSWER_B
}

# passthrough: the Record-Route set, Contact and identifiers go on as they came
passthrough() {
  rewriting
  export CALL_ID_A='im-%u@%s' CALL_ID_B='[call_id]' FROM_B='"Caller" <sip:caller@caller.com>'
  export TAG_A=b1 TAG_B=a1 CSEQ_B=1 CSEQ_B_MESSAGE=2 CSEQ_B_BYE=3
  export RR_A="Record-Route: $far_rr, $near_rr, $proxy1"$'\n' RR_B="Record-Route: $far_rr, $near_rr, $proxy1"$'\n'
  export ROUTE_A="Route: $near_rr, $far_rr"$'\n'
  export CONTACT_A='sip:callee@127.0.0.40:5060' CONTACT_B='sip:caller@127.0.0.10:5060'
}

# privacy: the three fields of the session description are the box's own on either side, From and Contact name nobody
privacy() {
  rewriting
  OFFER_B=$(sdp 127.0.0.30 - 'm=message 5060 sip sip:anonymous@127.0.0.30')
  ANSWER_A=$(sdp 127.0.0.20 - 'm=message 5060 sip sip:anonymous@127.0.0.20')
  export OFFER_B ANSWER_A FROM_B='"Anonymous" <sip:anonymous@anonymous.invalid>'
  export CONTACT_A='sip:anonymous@127.0.0.20:5060' CONTACT_B='sip:anonymous@127.0.0.30:5060'
}

recorded() {
  record 'udp port 5060'
  "$@"
}

rewriting
recorded session
keep rewriting.pcapng

passthrough
recorded session
keep passthrough.pcapng

privacy
recorded session
keep privacy.pcapng

# leaking: privacy, but the caller's address stays in c= and in the Call-ID
privacy
export CALL_ID_A='im-%u@%s'
OFFER_B=$(sdp 127.0.0.30 - 'm=message 5060 sip sip:anonymous@127.0.0.30' | sed 's/^c=.*/c=IN IP4 127.0.0.10/')
export OFFER_B
recorded session
keep leaking.pcapng

# mixed: instant messages beside audio, which the box should have refused
rewriting
OFFER_A=$(sdp 127.0.0.10 caller "$im" 'm=audio 40000 RTP/AVP 0' 'a=rtpmap:0 PCMU/8000')
ANSWER_B=$(sdp 127.0.0.40 callee "$back" 'm=audio 50000 RTP/AVP 0' 'a=rtpmap:0 PCMU/8000')
export OFFER_A ANSWER_B OFFER_B=$OFFER_A ANSWER_A=$ANSWER_B
recorded session
keep mixed.pcapng

# registered: the caller registers through the box, which publishes a Contact of its own and uses it in the call
rewriting
export CONTACT_B='sip:caller-1@127.0.0.30:5060'
record 'udp port 5060'
registration
session
keep registered.pcapng
