package dev.vedette.alerting.notifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.alerting.Answer;
import dev.vedette.http.client.NameLookup;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nothing of what a tenant writes leads the sender into our own network. */
class HostileTargetTest {
    private static final List<String> INSIDE =
            List.of(
                    "127.0.0.1",
                    "10.0.0.1",
                    "172.16.0.1",
                    "192.168.1.1",
                    "169.254.169.254",
                    "100.64.0.1",
                    "0.0.0.0");

    private static final byte[] LOOPBACK_6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private final TestSender test = new TestSender(Duration.ofSeconds(2));
    private final AtomicInteger connections = new AtomicInteger();
    private ServerSocket trap;

    @BeforeEach
    void setTheTrapOnAllAddressesOfThisMachine() throws IOException {
        trap = new ServerSocket(0, 50, InetAddress.getByName("::"));
        Thread.ofVirtual()
                .start(() -> {
                    while (!trap.isClosed()) {
                        try {
                            trap.accept().close();
                            connections.incrementAndGet();
                        } catch (IOException e) {
                            return;
                        }
                    }
                });
    }

    @AfterEach
    void close() throws IOException {
        trap.close();
        test.close();
    }

    /** The ways to write an address that somebody has got past a filter with. */
    private static List<String> dresses(String address) throws UnknownHostException {
        long whole = 0;
        for (byte part : InetAddress.getByName(address).getAddress()) {
            whole = 256 * whole + (part & 0xff);
        }
        int[] b = {
            (int) (whole >> 24),
            (int) (whole >> 16 & 255),
            (int) (whole >> 8 & 255),
            (int) (whole & 255)
        };
        String hex = "%x:%x".formatted(whole >> 16, whole & 0xffff);
        return List.of(
                address,
                address + ".",
                Long.toString(whole),
                "0" + Long.toOctalString(whole),
                "0x" + Long.toHexString(whole),
                "0%o.0%o.0%o.0%o".formatted(b[0], b[1], b[2], b[3]),
                "0x%x.0x%x.0x%x.0x%x".formatted(b[0], b[1], b[2], b[3]),
                "%d.%d".formatted(b[0], whole & 0xffffff),
                "%d.%d.%d".formatted(b[0], b[1], whole & 0xffff),
                "%03d.%03d.%03d.%03d".formatted(b[0], b[1], b[2], b[3]),
                "[::ffff:" + address + "]",
                "[::ffff:" + hex + "]",
                "[::" + address + "]",
                "[64:ff9b::" + hex + "]",
                "[2002:" + hex + "::1]",
                "public.example@" + address,
                "%31%32%37.0.0.1");
    }

    @Test
    void noDressOfAnAddressInsideIsConnectedTo() throws UnknownHostException {
        HttpSender http = test.with(NameLookup.SYSTEM);
        List<String> urls = new ArrayList<>();
        for (String address : INSIDE) {
            for (String dress : dresses(address)) {
                urls.add("http://" + dress + ":" + trap.getLocalPort() + "/");
            }
        }
        urls.add("http://localhost:" + trap.getLocalPort() + "/");
        urls.add("http://LOCALHOST:" + trap.getLocalPort() + "/");
        urls.add("http://[::1]:" + trap.getLocalPort() + "/");
        urls.add("http://[::]:" + trap.getLocalPort() + "/");
        urls.add("http://[fe80::1%25lo]:" + trap.getLocalPort() + "/");
        urls.add("http://①②⑦.⓪.⓪.①:" + trap.getLocalPort() + "/");
        urls.add("http://127。0。0。1:" + trap.getLocalPort() + "/");
        urls.add("gopher://127.0.0.1:" + trap.getLocalPort() + "/");
        urls.add("file:///etc/passwd");
        assertTrue(urls.size() >= 60);
        urls.forEach(url -> assertForbidden(http, url));
        assertEquals(0, connections.get());
    }

    @Test
    void noNameThatLeadsInsideIsConnectedTo() throws UnknownHostException {
        List<List<InetAddress>> answers = new ArrayList<>();
        InetAddress outside = InetAddress.getByName("93.184.215.14");
        for (String address : INSIDE) {
            InetAddress inside = InetAddress.getByName(address);
            byte[] mapped = new byte[16];
            mapped[10] = mapped[11] = (byte) 0xff;
            System.arraycopy(inside.getAddress(), 0, mapped, 12, 4);
            answers.add(List.of(inside));
            answers.add(List.of(outside, inside));
            answers.add(List.of(inside, outside));
            // Kept as an IPv6 address, as a name server may send it.
            answers.add(List.of(Inet6Address.getByAddress(null, mapped, -1)));
        }
        answers.add(List.of(InetAddress.getByAddress(LOOPBACK_6)));
        answers.add(List.of(InetAddress.getByName("fd00::1")));
        answers.add(List.of(InetAddress.getByName("fe80::1")));
        for (List<InetAddress> answer : answers) {
            assertForbidden(
                    test.with(host -> answer), "http://hooks.example:" + trap.getLocalPort() + "/");
        }
        assertEquals(0, connections.get());
    }

    /**
     * The name leads to an allowed address when it is looked at. To the system, and so to a client
     * that would look again by itself, it leads to the trap.
     */
    @Test
    void nameThatChangesItsAddressAfterTheCheckCatchesNothing() throws IOException {
        trap.close();
        try (TestReceiver good = new TestReceiver("127.0.0.2");
                ServerSocket inner =
                        new ServerSocket(good.port(), 5, InetAddress.getLoopbackAddress())) {
            AtomicInteger asked = new AtomicInteger();
            HttpSender http =
                    test.with(
                            host ->
                                    List.of(
                                            InetAddress.getByName(
                                                    asked.getAndIncrement() == 0
                                                            ? "127.0.0.2"
                                                            : "127.0.0.1")),
                            "127.0.0.2/32");
            String url = "http://localhost:" + good.port() + "/";
            assertInstanceOf(
                    Answer.Delivered.class, http.post(message(url)).answer(Optional.empty()));
            assertEquals(1, asked.get());
            assertEquals("localhost:" + good.port(), good.last().headers().get("host"));
            assertForbidden(http, url);
            inner.setSoTimeout(1);
            assertThrows(SocketTimeoutException.class, inner::accept);
        }
    }

    private static HttpMessage message(String url) {
        return HttpMessage.json(url, "application/json", "{}", Optional.empty());
    }

    private static void assertForbidden(HttpSender http, String url) {
        assertInstanceOf(HttpOutcome.Forbidden.class, http.post(message(url)), url);
    }
}
