# Usage: perl checksum.pl IN.pcap OUT.pcap
#
# The loopback interface leaves UDP and TCP checksums to hardware it does not have. This fills them in (RFC 1071), as they
# would be on a wire; nothing else of the capture changes. Ethernet and IPv4 only, little-endian classic pcap: what
# tcpdump writes for `lo` on Linux.
use strict;
use warnings;

my ($in, $out) = @ARGV;
open(my $from, '<:raw', $in) or die "$in: $!";
open(my $to, '>:raw', $out) or die "$out: $!";
read($from, my $header, 24) == 24 or die "$in: no pcap header";
print $to $header;
while (read($from, my $record, 16) == 16) {
    my ($length, $original) = unpack('x8 V V', $record);
    read($from, my $frame, $length) == $length or last;
    print $to $record, $length == $original ? fill($frame) : $frame;
}

sub fill {
    my ($frame) = @_;
    return $frame if unpack('n', substr($frame, 12, 2)) != 0x0800;
    my $ip = substr($frame, 14);
    my ($first, $total, $fragment, $protocol) = unpack('C x n x2 n x C', $ip);
    return $frame if $fragment & 0x3fff;
    my $at = { 17 => 6, 6 => 16 }->{$protocol};
    return $frame if !defined $at;
    my $size = ($first & 15) * 4;
    my $segment = substr($ip, $size, $total - $size);
    substr($segment, $at, 2) = "\0\0";
    my $sum = sum(substr($ip, 12, 8) . pack('n n', $protocol, length $segment) . $segment);
    $sum = 0xffff if $sum == 0 && $protocol == 17;    # RFC 768: zero means that there is no checksum
    substr($segment, $at, 2) = pack('n', $sum);
    substr($frame, 14 + $size, length $segment) = $segment;
    return $frame;
}

sub sum {
    my ($octets) = @_;
    my $sum = unpack('%32n*', length($octets) % 2 ? "$octets\0" : $octets);
    $sum = ($sum & 0xffff) + ($sum >> 16) while $sum >> 16;
    return ~$sum & 0xffff;
}
