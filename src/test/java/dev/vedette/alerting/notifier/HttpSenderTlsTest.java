package dev.vedette.alerting.notifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.vedette.alerting.Answer;
import dev.vedette.http.client.NameLookup;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The certificate is compared with the URL's name, though the connection goes to an address. */
class HttpSenderTlsTest {
    private static final String PASSWORD = "changeit";

    @TempDir static Path folder;

    private static HttpsServer server;
    private static final AtomicInteger requests = new AtomicInteger();

    @BeforeAll
    static void startAServerOfOneName() throws Exception {
        Path keys = folder.resolve("keys.p12");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "server",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=hooks.example",
                                "-ext",
                                "san=dns:hooks.example",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                keys.toString(),
                                "-storepass",
                                PASSWORD)
                        .inheritIO()
                        .start();
        assertEquals(0, keytool.waitFor());
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(keys)));
        server.createContext(
                "/",
                exchange -> {
                    requests.incrementAndGet();
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                });
        server.start();
    }

    private static SSLContext context(Path keys) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory factory =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    @Test
    void onlyTheNameOfTheCertificateIsTalkedTo() throws IOException {
        HttpClientOptions options =
                HttpSender.options(Duration.ofSeconds(5))
                        .setTrustOptions(
                                new PfxOptions()
                                        .setPath(folder.resolve("keys.p12").toString())
                                        .setPassword(PASSWORD));
        try (TestSender test = new TestSender()) {
            NameLookup here = host -> List.of(InetAddress.getLoopbackAddress());
            HttpSender trusting = test.with(options, here, "127.0.0.0/8");
            assertInstanceOf(Answer.Delivered.class, post(trusting, "hooks.example"));
            assertEquals(1, requests.get());
            assertInstanceOf(Answer.Retry.class, post(trusting, "other.example"));
            assertInstanceOf(
                    Answer.Retry.class, post(test.with(here, "127.0.0.0/8"), "hooks.example"));
            assertEquals(1, requests.get());
        }
    }

    private static Answer post(HttpSender http, String host) {
        String url = "https://" + host + ":" + server.getAddress().getPort() + "/";
        return http.post(HttpMessage.json(url, "application/json", "{}", Optional.empty()))
                .answer(Optional.empty());
    }
}
