package dev.vedette.http.client;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** A block of addresses in CIDR notation (RFC 4632, RFC 4291 section 2.3). Immutable. */
final class IpRange {
    /** Its first address: 4 or 16 bytes, zero behind the prefix. */
    private final byte[] network;

    /** How many bits all its addresses share, 0 to 32 or 128. */
    private final int prefix;

    private IpRange(byte[] network, int prefix) {
        this.network = network;
        this.prefix = prefix;
    }

    /**
     * The range of that text, such as {@code 10.0.0.0/8}; an address alone is a range of one.
     *
     * @throws IllegalArgumentException when it is none; the message holds the text
     */
    static IpRange parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        if (!IpLiteral.isLiteral(address)) {
            throw malformed(text);
        }
        byte[] bytes = bytes(address);
        int bits = bytes.length * Byte.SIZE;
        int prefix = slash < 0 ? bits : prefix(text, slash);
        if (prefix < 0 || prefix > bits) {
            throw malformed(text);
        }
        return new IpRange(masked(bytes, prefix), prefix);
    }

    private static int prefix(String text, int slash) {
        String digits = text.substring(slash + 1);
        if (!digits.matches("[0-9]{1,3}")) {
            throw malformed(text);
        }
        return Integer.parseInt(digits);
    }

    private static byte[] bytes(String literal) {
        try {
            // A literal is read, never looked up.
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException e) {
            throw malformed(literal);
        }
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException(
                "an address range must look like 10.0.0.0/8 or fd00::/8, is '" + text + "'");
    }

    /** Whether the address lies in it; one of the other family never does. */
    boolean contains(byte[] address) {
        return address.length == network.length && Arrays.equals(masked(address, prefix), network);
    }

    private static byte[] masked(byte[] address, int prefix) {
        byte[] masked = new byte[address.length];
        for (int bit = 0; bit < prefix; bit++) {
            int at = bit / Byte.SIZE;
            int mask = 0x80 >> (bit % Byte.SIZE);
            masked[at] |= (byte) (address[at] & mask);
        }
        return masked;
    }

    @Override
    public String toString() {
        try {
            return InetAddress.getByAddress(network).getHostAddress() + "/" + prefix;
        } catch (UnknownHostException e) {
            throw new IllegalStateException("a range of " + network.length + " bytes", e);
        }
    }
}
