package dev.vedette.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a service is and what it lets us in with.
 *
 * @param url its root
 * @param credential a token or an API key
 */
record ServiceAddress(URI url, String credential) {
    /**
     * What was said on the command line, and for the rest what {@code ./vedette start} left in its
     * data folder.
     *
     * @throws IllegalStateException when one is neither said nor found; the message has the remedy
     */
    static ServiceAddress of(Optional<URI> url, Optional<String> credential, Path data) {
        URI where =
                url.or(() -> left(data, "url").map(URI::create))
                        .orElseThrow(() -> missing("--url", data));
        String secret =
                credential
                        .or(() -> left(data, "cli-token"))
                        .orElseThrow(() -> missing("--token or --api-key", data));
        return new ServiceAddress(where, secret);
    }

    private static Optional<String> left(Path data, String file) {
        try {
            return Optional.of(Files.readString(data.resolve(file)).strip())
                    .filter(text -> !text.isEmpty());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static IllegalStateException missing(String option, Path data) {
        return new IllegalStateException(
                "say "
                        + option
                        + ", or --data with the folder of a running `vedette start` (nothing found in "
                        + data
                        + ")");
    }

    /** Without the credential. */
    @Override
    public String toString() {
        return url.toString();
    }
}
