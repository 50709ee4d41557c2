# Sourced by every samples/<case>/make.sh: gives the case a loopback of its own, records it, ends what it started.
#
# make.sh is started again inside new network and process namespaces, so that its ports are free, nobody else's traffic
# is recorded, and every program it started ends with it. Needs root and the Debian packages tcpdump, tshark, perl,
# iproute2, and whichever of sip-tester, kamailio, sipsak and baresip-core the case names.

if [ "${IN_NAMESPACE:-}" != yes ]; then
  if [ "$(id -u)" != 0 ]; then
    echo "$0 needs root: it makes namespaces and captures packets" >&2
    exit 1
  fi
  IN_NAMESPACE=yes exec unshare --net --pid --fork --kill-child --mount-proc timeout 60 bash "$0" "$@"
fi

set -euo pipefail
ip link set lo up
case_dir=$(cd "$(dirname "$0")" && pwd)
samples_dir=$(dirname "$case_dir")
work=$(mktemp -d)
started=()
trap 'kill "${started[@]}" 2>/dev/null || true; wait; rm -rf "$work"' EXIT
cd "$work"
# sipsak looks the domain up: in this namespace it is the proxy.
printf '%s\n' '127.0.0.20 example.com' "127.0.0.60 $(hostname)" >hosts
mount --bind hosts /etc/hosts

# start NAME COMMAND…: runs in the background, its output in $work/NAME.log, its pid in $last
start() {
  local name=$1
  shift
  "$@" </dev/null >"$name.log" 2>&1 &
  last=$!
  started+=("$last")
}

# await DESCRIPTION COMMAND…: up to five seconds until the command succeeds
await() {
  local what=$1
  shift
  for _ in $(seq 100); do
    if "$@" >/dev/null 2>&1; then return; fi
    sleep 0.05
  done
  echo "$what did not come up" >&2
  tail -n 20 ./*.log >&2
  exit 1
}

listens() { ss -lnut | grep -qF " $1 "; }

# sipp_at NAME ADDRESS[:PORT] SCENARIO [ARGUMENT…]: one SIPp at that address, for one call unless -m says otherwise;
# its scenario is beside make.sh, or in the folder $scenarios
sipp_at() {
  local name=$1 address=${2%:*} port=5060 scenario=$3
  case $2 in *:*) port=${2#*:} ;; esac
  shift 3
  start "$name" sipp -sf "${scenarios:-$case_dir}/$scenario" -i "$address" -p "$port" -mi "$address" -m 1 -nostdin \
    -timeout 30 -timeout_error -trace_err -error_file "$work/$name.errors" "$@"
  if [ "${waits:-yes}" = yes ]; then await "$name" listens "$address:$port"; fi
}

# ended_well PID NAME: waits for a SIPp and insists that its scenario was completed
ended_well() {
  if ! wait "$1"; then
    echo "$2 did not complete its scenario" >&2
    cat "$2".errors "$2".log >&2 || true
    exit 1
  fi
}

# kamailio_at ADDRESS [ARGUMENT…]: samples/kamailio.cfg with the given -A switches
kamailio_at() {
  local address=$1
  shift
  start kamailio kamailio -DD -E -f "$samples_dir/kamailio.cfg" -Y "$work" -u root -g root \
    -l "udp:$address:5060" -l "tcp:$address:5060" "$@"
  await kamailio listens "$address:5060"
  sleep 0.3
}

# record [TCPDUMP-ARGUMENT…] FILTER: starts recording the loopback
record() {
  start tcpdump tcpdump -i lo --immediate-mode -U -w "$work/recorded.pcap" "$@"
  recorder=$last
  await tcpdump grep -q 'listening on' tcpdump.log
}

# keep NAME.pcap|NAME.pcapng [EDITCAP-ARGUMENT…]: stops recording and stores the capture beside make.sh
keep() {
  local name=$1
  shift
  sleep 0.5
  kill -INT "$recorder"
  wait "$recorder" || true
  perl "$samples_dir/checksum.pl" recorded.pcap checked.pcap
  case $name in
    *.pcapng) editcap -F pcapng "$@" checked.pcap "$case_dir/$name" ;;
    *.gz) gzip -9n <checked.pcap >"$case_dir/$name" ;;
    *) cp checked.pcap "$case_dir/$name" ;;
  esac
  tshark -r "$case_dir/$name" -q -z sip,stat 2>/dev/null | grep -E 'Number of SIP|resent'
}

# register USER CONTACT: binds a contact at the Kamailio on 127.0.0.20 with sipsak
register() {
  if ! sipsak -U -s "sip:$1@example.com" --local-ip=127.0.0.60 -C "$2" -x 600 >sipsak.log 2>&1; then
    cat sipsak.log >&2
    exit 1
  fi
}
