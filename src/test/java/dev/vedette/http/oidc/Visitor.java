package dev.vedette.http.oidc;

import io.restassured.RestAssured;
import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A browser as far as redirects and cookies go. */
final class Visitor implements AutoCloseable {
    private static final int MOST_HOPS = 8;

    private final CookieManager jar = new CookieManager();
    private final HttpClient http = HttpClient.newBuilder().cookieHandler(jar).build();

    /** Where that path of the service leads in the end. */
    HttpResponse<String> follow(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(here(path));
        for (int hop = 0; hop < MOST_HOPS && to(answer).isPresent(); hop++) {
            answer = send(to(answer).get());
        }
        return answer;
    }

    /** Follows that path to the provider; where it sends the visitor back to, not visited yet. */
    URI untilBack(String path) throws IOException, InterruptedException {
        URI atTheProvider = to(send(here(path))).orElseThrow();
        return to(send(atTheProvider)).orElseThrow();
    }

    /** One answer, redirects not followed. */
    HttpResponse<String> send(URI place) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(place).header("Accept", "text/html, */*;q=0.5").build();
        return http.send(request, BodyHandlers.ofString());
    }

    /** The answer to a form without fields, sent from a page of the service. */
    HttpResponse<String> post(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(here(path))
                        .header("Sec-Fetch-Site", "same-origin")
                        .POST(BodyPublishers.noBody())
                        .build();
        return http.send(request, BodyHandlers.ofString());
    }

    /** The names of the cookies. */
    Set<String> cookies() {
        return kept().stream().map(HttpCookie::getName).collect(Collectors.toSet());
    }

    /** The cookies. */
    List<HttpCookie> kept() {
        return List.copyOf(jar.getCookieStore().getCookies());
    }

    /** Takes cookies of that place. */
    void keep(URI place, List<HttpCookie> cookies) {
        cookies.forEach(cookie -> jar.getCookieStore().add(place, cookie));
    }

    /** Throws all cookies away. */
    void forget() {
        jar.getCookieStore().removeAll();
    }

    @Override
    public void close() {
        http.close();
    }

    private static Optional<URI> to(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").map(answer.uri()::resolve);
    }

    private static URI here(String path) {
        return URI.create("http://localhost:" + RestAssured.port + path);
    }
}
