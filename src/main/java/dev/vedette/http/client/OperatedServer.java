package dev.vedette.http.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;

/**
 * A server that the operator runs beside the service and names in a setting: trusted with an inner
 * address, but not followed to where it redirects. HTTP/1.1, as small servers speak it.
 */
public final class OperatedServer {
    private final String base;
    private final HttpClient http;

    /**
     * That server.
     *
     * @param setting that names it, for the error
     * @throws IllegalArgumentException when the URL is none of HTTP
     */
    public OperatedServer(URI url, String setting, Duration connectTimeout) {
        String scheme = String.valueOf(url.getScheme());
        if (!(scheme.equals("http") || scheme.equals("https")) || url.getHost() == null) {
            throw new IllegalArgumentException(setting + " must be http:// or https:// and a host");
        }
        base = url.toString().replaceAll("/+$", "");
        http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(connectTimeout)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
    }

    /**
     * Begins a request.
     *
     * @param path behind the server's URL, with a leading slash
     */
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path));
    }

    /** What sends the requests. */
    public HttpClient http() {
        return http;
    }
}
