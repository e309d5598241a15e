package dev.vedette.http.client;

import java.util.regex.Pattern;

/**
 * What counts as an address written out. Only the canonical forms: four decimal numbers without
 * leading zeros, and IPv6 without a zone. Everything else that C libraries read as an address
 * ({@code 127.1}, {@code 0x7f000001}, {@code 017700000001}, {@code 2130706433}) is neither an
 * address nor a name, and is refused.
 */
final class IpLiteral {
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern V4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");

    // RFC 1123 labels; the last one has a letter, as no top-level domain is a number.
    private static final Pattern NAME =
            Pattern.compile(
                    "(?=.{1,253}\\.?$)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)*"
                            + "(?![0-9]+\\.?$)(?!0[xX])[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.?");

    private IpLiteral() {}

    /** Whether the text is an address in canonical form, without brackets. */
    static boolean isLiteral(String text) {
        return V4.matcher(text).matches() || V6.matcher(text).matches();
    }

    /** Whether the text is a host name and nothing that may be read as an address. */
    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }
}
