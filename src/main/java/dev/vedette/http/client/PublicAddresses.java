package dev.vedette.http.client;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * Which addresses lie in the public internet: all IPv4 ones, and of IPv6 those of 2000::/3 (RFC
 * 4291), but what the IANA special-purpose registries (RFC 6890 and its updates) keep for something
 * else. An IPv6 address that carries an IPv4 address (NAT64, 6to4) is as public as that one.
 */
final class PublicAddresses {
    private static final List<IpRange> SPECIAL =
            ranges(
                    // This network, private, carrier-grade NAT, loopback, link-local (metadata).
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.168.0.0/16",
                    // Protocol assignments, documentation, 6to4 relays, benchmarks, AS112, AMT.
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.31.196.0/24",
                    "192.52.193.0/24",
                    "192.88.99.0/24",
                    "192.175.48.0/24",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    // Azure's wire server answers from a public address.
                    "168.63.129.16/32",
                    // Multicast, reserved, broadcast.
                    "224.0.0.0/4",
                    "240.0.0.0/4",
                    // Protocol assignments, documentation.
                    "2001::/23",
                    "2001:db8::/32",
                    "3fff::/20");

    private static final IpRange GLOBAL_UNICAST = IpRange.parse("2000::/3");
    private static final IpRange NAT64 = IpRange.parse("64:ff9b::/96");
    private static final IpRange SIX_TO_FOUR = IpRange.parse("2002::/16");

    private PublicAddresses() {}

    /** Whether that address is one. */
    static boolean contains(InetAddress address) {
        return isPublic(address.getAddress());
    }

    // Java reads an IPv4-mapped address as the IPv4 address it maps.
    private static boolean isPublic(byte[] address) {
        if (NAT64.contains(address)) {
            return isPublic(Arrays.copyOfRange(address, 12, 16));
        }
        if (SIX_TO_FOUR.contains(address)) {
            return isPublic(Arrays.copyOfRange(address, 2, 6));
        }
        return (address.length == 4 || GLOBAL_UNICAST.contains(address))
                && SPECIAL.stream().noneMatch(range -> range.contains(address));
    }

    private static List<IpRange> ranges(String... texts) {
        return Arrays.stream(texts).map(IpRange::parse).toList();
    }
}
