package dev.vedette.http.client;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** What a host's name resolves to just now; in tests a liar. */
@FunctionalInterface
public interface NameLookup {
    /** The one of the operating system. */
    NameLookup SYSTEM = host -> List.of(InetAddress.getAllByName(host));

    /**
     * The addresses of that name, or of an address written out; at least one.
     *
     * @throws UnknownHostException when it has none now; it may have one later
     */
    List<InetAddress> resolve(String host) throws UnknownHostException;
}
