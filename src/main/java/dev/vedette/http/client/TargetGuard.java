package dev.vedette.http.client;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Decides where messages may go. A tenant names URLs, and the service stands inside a network that
 * the tenant must not reach: so only public addresses, unless the operator allows more.
 *
 * <p>It asks twice. {@link #admit} looks at the URL when it is saved and when it is used; {@link
 * #choose} looks at the addresses its name resolved to, and the connection then goes to the one
 * chosen, not to the name: a name that answers differently the second time (DNS rebinding) changes
 * nothing. Redirects are never followed. Immutable and thread-safe.
 */
public final class TargetGuard {
    private static final int LONGEST_URL = 2048;

    private final List<IpRange> allowed;
    private final Set<String> schemes;

    /**
     * A guard.
     *
     * @param allowed address ranges in CIDR notation that are fine although not public
     * @param allowPlain whether {@code http} is fine beside {@code https}
     * @throws IllegalArgumentException when a range is malformed; the message holds it
     */
    public TargetGuard(List<String> allowed, boolean allowPlain) {
        this.allowed = allowed.stream().map(IpRange::parse).toList();
        this.schemes = allowPlain ? Set.of("https", "http") : Set.of("https");
    }

    /**
     * A place that a URL names.
     *
     * @param uri the URL
     * @param host its host: a name, or an address without brackets
     * @param port its port, 1 to 65535
     */
    public record Target(URI uri, String host, int port) {}

    /**
     * Reads a URL and refuses what cannot be a place to go to. An address written out must be
     * public or allowed already here.
     *
     * @throws RefusedTargetException when it is malformed, of another scheme, carries a user or a
     *     fragment, or names an address that is not allowed
     */
    public Target admit(String url) {
        URI uri = parse(url);
        String scheme = lower(uri.getScheme());
        if (!schemes.contains(scheme)) {
            throw new RefusedTargetException(
                    "the URL must begin with " + String.join(":// or ", schemes) + "://");
        }
        if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw new RefusedTargetException("the URL must carry no user and no fragment");
        }
        String host = host(uri);
        if (IpLiteral.isLiteral(host)) {
            choose(List.of(literal(host)));
        } else if (!IpLiteral.isName(host)) {
            throw new RefusedTargetException(
                    "the URL's host must be a name or an address in its usual form");
        }
        return new Target(uri, host, port(uri, scheme));
    }

    private static URI parse(String url) {
        if (url.length() > LONGEST_URL) {
            throw new RefusedTargetException(
                    "the URL must have at most " + LONGEST_URL + " characters");
        }
        try {
            URI uri = new URI(url).parseServerAuthority();
            if (uri.isOpaque() || uri.getHost() == null) {
                throw new RefusedTargetException("the URL must name a host");
            }
            return uri;
        } catch (URISyntaxException e) {
            throw new RefusedTargetException("the URL is malformed: " + e.getReason());
        }
    }

    private static String host(URI uri) {
        String host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static InetAddress literal(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (java.net.UnknownHostException e) {
            throw new RefusedTargetException("the URL's address is malformed");
        }
    }

    private static int port(URI uri, String scheme) {
        int port = uri.getPort();
        if (port == 0 || port > 65_535) {
            throw new RefusedTargetException("the URL's port must be 1 to 65535, is " + port);
        }
        return port > 0 ? port : scheme.equals("https") ? 443 : 80;
    }

    private static String lower(String scheme) {
        return scheme == null ? "" : scheme.toLowerCase(Locale.ROOT);
    }

    /**
     * The address to connect to.
     *
     * @param resolved what the host's name resolved to just now
     * @return the first of them, when all are allowed: a name that leads inside and outside is not
     *     to be trusted with either
     * @throws RefusedTargetException when there is none, or one is neither public nor allowed
     */
    public InetAddress choose(List<InetAddress> resolved) {
        if (resolved.isEmpty()) {
            throw new RefusedTargetException("the URL's host has no address");
        }
        for (InetAddress address : resolved) {
            if (!isAllowed(address)) {
                throw new RefusedTargetException(
                        "the URL leads to an address that is not public, and the operator has not"
                                + " allowed it");
            }
        }
        return resolved.getFirst();
    }

    private boolean isAllowed(InetAddress address) {
        return PublicAddresses.contains(address)
                || allowed.stream().anyMatch(range -> range.contains(address.getAddress()));
    }
}
