#!/usr/bin/env bash
# The call of proxied-call, through a Kamailio that mirrors what it gets and what it sends to a capture server at
# 127.0.0.90:9060 by HEP. both.pcapng: SIP and its copies. hep.pcap: only the copies, of another call. tcp.pcap.gz: SIP and
# HEP over TCP. version-1.pcap and version-2.pcap: only the copies, by the older versions of HEP.
. "$(dirname "$0")/../record.sh"
scenarios=$samples_dir/proxied-call

cat >server.pl <<'PERL'
# Takes what comes on UDP and TCP and throws it away, as no capture server is needed.
use IO::Socket::INET;
my $udp = IO::Socket::INET->new(LocalAddr => '127.0.0.90:9060', Proto => 'udp') or die $!;
my $tcp = IO::Socket::INET->new(LocalAddr => '127.0.0.90:9060', Proto => 'tcp', Listen => 5, ReuseAddr => 1) or die $!;
if (fork) { while (1) { $udp->recv(my $octets, 65536) } }
while (my $agent = $tcp->accept) { next if fork; 1 while sysread($agent, my $octets, 65536); exit }
PERL
start server perl server.pl
await server listens 127.0.0.90:9060

call() {
  local capture=$1 filter=$2 transport=$3 version=$4
  local sipp_transport=u1
  if [ "$transport" = tcp ]; then sipp_transport=t1; fi
  kamailio_at 127.0.0.20 -A "HEP=$version" -A "HEP_SERVER=\"sip:127.0.0.90:9060;transport=$transport\""
  local proxy=$last
  register bob sip:bob@127.0.0.40
  record "$filter"
  sipp_at "$capture-callee" 127.0.0.40 callee.xml -t "$sipp_transport"
  local callee=$last
  waits=no sipp_at "$capture-caller" 127.0.0.10 caller.xml -t "$sipp_transport" 127.0.0.20:5060
  ended_well "$last" "$capture-caller"
  ended_well "$callee" "$capture-callee"
  keep "$capture"
  kill "$proxy"
  wait "$proxy" || true
}
call both.pcapng 'port 5060 or port 9060' udp 3
call hep.pcap 'port 9060' udp 3
call tcp.pcap.gz 'port 5060 or port 9060' tcp 3
call version-1.pcap 'port 9060' udp 1
call version-2.pcap 'port 9060' udp 2
