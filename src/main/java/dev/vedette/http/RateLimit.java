package dev.vedette.http;

import java.time.Duration;
import java.util.Map;

/**
 * What a caller may still send, as draft-ietf-httpapi-ratelimit-headers (draft 10, sections 3 and
 * 4) puts it into headers.
 *
 * @param policy what is limited, one word
 * @param quota how much of it fits into a window
 * @param window the window
 * @param remaining how much may be sent at once, zero or more
 * @param reset when there is more
 */
public record RateLimit(
        String policy, long quota, Duration window, long remaining, Duration reset) {
    /** The headers' names and values. */
    public Map<String, String> headers() {
        return Map.of(
                "RateLimit-Policy",
                "\"" + policy + "\";q=" + quota + ";w=" + Math.max(1, window.toSeconds()),
                "RateLimit",
                "\"" + policy + "\";r=" + remaining + ";t=" + Math.max(1, reset.toSeconds()));
    }
}
