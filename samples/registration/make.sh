#!/usr/bin/env bash
# Two phones (SIPp) and a registrar (Kamailio) that challenges: one phone knows the password, one does not.
. "$(dirname "$0")/../record.sh"

kamailio_at 127.0.0.20 -A AUTHENTICATE
record --time-stamp-precision=nano 'udp port 5060'
waits=no sipp_at phone 127.0.0.10 phone.xml 127.0.0.20:5060
phone=$last
sleep 0.5
waits=no sipp_at wrong-password 127.0.0.11 wrong-password.xml 127.0.0.20:5060
ended_well "$last" wrong-password
ended_well "$phone" phone
keep registration.pcap
