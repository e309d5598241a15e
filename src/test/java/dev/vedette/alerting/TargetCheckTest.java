package dev.vedette.alerting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.http.Problem;
import dev.vedette.http.ProblemException;
import dev.vedette.http.client.NameLookup;
import dev.vedette.http.client.TargetGuard;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TargetCheckTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static void save(ChannelTarget target, NameLookup names, String... allowed) {
        new TargetCheck(new TargetGuard(List.of(allowed), false), names)
                .require(target)
                .await()
                .atMost(PATIENCE);
    }

    private static ChannelTarget to(String url) {
        return new ChannelTarget.CloudEvents(url, Optional.empty());
    }

    private static NameLookup leadsTo(String address) {
        return _ -> List.of(InetAddress.getByName(address));
    }

    private static Problem.Violation refused(ChannelTarget target, NameLookup names) {
        return assertThrows(ProblemException.class, () -> save(target, names)).errors().getFirst();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://10.0.0.7/in",
                "https://169.254.169.254/latest",
                "https://[::1]/",
                "http://93.184.216.34/",
                "ftp://93.184.216.34/",
                "nowhere",
                "https://ann:secret@93.184.216.34/"
            })
    void urlThatLeadsNowhereGoodIsRefusedAtItsPlace(String url) {
        Problem.Violation broken = refused(to(url), leadsTo("93.184.216.34"));
        assertEquals("/url", broken.pointer());
        assertEquals("invalid_value", broken.code());
        assertFalse(broken.detail().contains("secret"), broken.detail());
        assertTrue(broken.fix().contains("vedette.notifier.allowed-targets"), broken.fix());
    }

    @Test
    void nameThatLeadsInsideIsRefusedWithoutTellingASecretUrl() {
        String url = "https://hooks.example.org/T0/secret";
        ChannelTarget target = new ChannelTarget.SlackWebhook(new Secret(url));
        Problem.Violation broken = refused(target, leadsTo("192.168.1.9"));
        assertEquals("/url", broken.pointer());
        assertFalse(broken.toString().contains("T0"), broken.toString());
    }

    @Test
    void publicNameIsFineAndSoIsAnAllowedRange() {
        save(to("https://hooks.example.org/"), leadsTo("93.184.216.34"));
        save(to("https://10.20.3.7/"), leadsTo("10.20.3.7"), "10.20.0.0/16");
        save(to("https://alertmanager.internal/"), leadsTo("10.20.3.7"), "10.20.0.0/16");
    }

    @Test
    void nameWithoutAnAddressNowIsNoRefusal() {
        save(
                to("https://soon.example.org/"),
                host -> {
                    throw new UnknownHostException(host);
                });
    }

    @Test
    void lookupWithoutAnAnswerIsNoRefusal() {
        CountDownLatch never = new CountDownLatch(1);
        NameLookup silent =
                host -> {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    throw new UnknownHostException(host);
                };
        TargetCheck check = new TargetCheck(new TargetGuard(List.of(), false), silent);
        assertNull(check.require(to("https://slow.example.org/")).await().atMost(PATIENCE));
        never.countDown();
    }

    @Test
    void channelWithoutAUrlAsksNobody() {
        NameLookup nobody =
                host -> {
                    throw new AssertionError(host);
                };
        save(new ChannelTarget.Email(List.of("ops@example.org")), nobody);
        save(new ChannelTarget.PagerDuty(new Secret("key"), false), nobody);
    }
}
