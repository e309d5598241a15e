package dev.vedette.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vedette.http.Caller;
import dev.vedette.http.SigningKeys;
import dev.vedette.http.TokenIssuer;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** The way to a benchmark's service: its tenants, and credentials for them. */
final class BenchAccess {
    private final URI url;
    private final Path folder;
    private final HttpClient client = HttpClient.newHttpClient();

    /**
     * To that service.
     *
     * @param folder its data folder, with the key that signs tokens
     */
    BenchAccess(URI url, Path folder) {
        this.url = url;
        this.folder = folder;
    }

    /** Whether it takes requests. */
    boolean isReady() {
        try {
            return send(HttpRequest.newBuilder(url.resolve("/q/health/ready")).build()).statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Makes a tenant that may send so many points per second, of any number of series. */
    void createTenant(TenantId id, int pointsPerSecond) throws IOException {
        String tenant =
                """
                {"id":"%s","name":"Benchmark",\
                "limits":{"max_points_per_second":%d,"max_series":100000000}}\
                """
                        .formatted(id, pointsPerSecond);
        create("/api/v1/tenants", token(Optional.empty(), Role.PLATFORM_ADMIN), tenant);
    }

    /**
     * Where the service is, and a key to write with, as senders have; a token would cost a check of
     * its RSA signature with every request.
     */
    ServiceAddress sender(TenantId tenant) throws IOException {
        String key =
                create(
                        "/api/v1/api-keys",
                        token(Optional.of(tenant), Role.ADMIN),
                        "{\"name\":\"bench\",\"roles\":[\"ingest\"]}");
        return new ServiceAddress(url, new ObjectMapper().readTree(key).path("secret").asText());
    }

    private String create(String path, String credential, String body) throws IOException {
        HttpResponse<String> response =
                send(
                        HttpRequest.newBuilder(url.resolve(path))
                                .header("Authorization", "Bearer " + credential)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build());
        if (response.statusCode() != 201) {
            throw new IOException(
                    path + " answered " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    private String token(Optional<TenantId> tenant, Role role) {
        return new TokenIssuer(SigningKeys.ensure(folder), "vedette", "vedette")
                .token(
                        new Caller(tenant, "bench", Set.of(role), Caller.Credential.TOKEN),
                        Instant.now(),
                        Duration.ofHours(12));
    }

    /** Where the service is, and a token of that role. */
    ServiceAddress holder(TenantId tenant, Role role) {
        return new ServiceAddress(url, token(Optional.of(tenant), role));
    }
}
