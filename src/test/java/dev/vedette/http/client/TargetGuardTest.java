package dev.vedette.http.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetGuardTest {
    private final TargetGuard guard = new TargetGuard(List.of(), true);

    @ParameterizedTest
    @ValueSource(
            strings = {
                // loopback in every dress
                "http://127.0.0.1/",
                "http://127.0.0.1:8080/x",
                "http://127.255.255.254/",
                "http://127.1/",
                "http://127.0.1/",
                "http://0177.0.0.1/",
                "http://0177.0.0.01/",
                "http://017700000001/",
                "http://2130706433/",
                "http://0x7f000001/",
                "http://0x7f.0.0.1/",
                "http://0x7f.1/",
                "http://00000177.1/",
                "http://127.0.0.1./",
                "http://0/",
                "http://0.0.0.0/",
                "http://00/",
                "http://[::1]/",
                "http://[0:0:0:0:0:0:0:1]/",
                "http://[::]/",
                "http://[::ffff:127.0.0.1]/",
                "http://[::ffff:7f00:1]/",
                "http://[::127.0.0.1]/",
                "http://[64:ff9b::127.0.0.1]/",
                "http://[64:ff9b::7f00:1]/",
                "http://[2002:7f00:1::]/",
                "http://[::ffff:0:127.0.0.1]/",
                // private, link-local, carrier, metadata
                "http://10.0.0.1/",
                "http://10.255.255.255/",
                "http://172.16.0.1/",
                "http://172.31.255.255/",
                "http://192.168.1.1/",
                "http://169.254.169.254/latest/meta-data/",
                "http://169.254.170.2/",
                "http://0xa9fea9fe/",
                "http://2852039166/",
                "http://0251.0376.0251.0376/",
                "http://[::ffff:169.254.169.254]/",
                "http://[fd00:ec2::254]/",
                "http://[fe80::1]/",
                "http://[fe80::1%25eth0]/",
                "http://[fc00::1]/",
                "http://[fec0::1]/",
                "http://100.64.0.1/",
                "http://100.127.255.255/",
                "http://168.63.129.16/",
                "http://192.0.0.192/",
                "http://198.18.0.1/",
                "http://[2001:db8::1]/",
                "http://[2001::1]/",
                "http://[100::1]/",
                "http://[64:ff9b:1::1]/",
                // multicast, reserved, broadcast
                "http://224.0.0.1/",
                "http://239.255.255.255/",
                "http://240.0.0.1/",
                "http://255.255.255.255/",
                "http://[ff02::1]/",
                // dressed up
                "http://example.org@127.0.0.1/",
                "http://127.0.0.1@example.org/",
                "http://user:pass@example.org/",
                "http://example.org#@127.0.0.1/",
                "http://example.org\\@127.0.0.1/",
                "http:///etc/passwd",
                "http://",
                "http:example.org",
                "//127.0.0.1/",
                "127.0.0.1",
                "file:///etc/passwd",
                "ftp://example.org/",
                "gopher://example.org:25/",
                "javascript:alert(1)",
                "data:text/plain,x",
                "jar:http://example.org!/",
                "ldap://example.org/",
                "http://exa mple.org/",
                "http://example.org:0/",
                "http://example.org:99999/",
                "http://example.org:-1/",
                "http://①②⑦.0.0.1/",
                "http://１２７.0.0.1/",
                "http://example。org/",
                "http://[::1/",
                "http://%31%32%37.0.0.1/",
                "http://.example.org/",
                "http://-example.org/",
                "http://example..org/",
                "http://1.2.3.4.5/",
                "http://256.1.1.1/",
                "http://1.2.3/"
            })
    void hostileFormIsRefusedBeforeAnyLookUp(String url) {
        assertThrows(RefusedTargetException.class, () -> guard.admit(url), url);
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.org/hook, example.org, 443",
        "http://example.org/hook?a=b, example.org, 80",
        "HTTPS://Example.ORG:8443/, Example.ORG, 8443",
        "https://8.8.8.8/, 8.8.8.8, 443",
        "https://[2606:4700::1111]/, 2606:4700::1111, 443",
        "https://[64:ff9b::8.8.8.8]/, 64:ff9b::8.8.8.8, 443",
        "https://xn--bcher-kva.example/, xn--bcher-kva.example, 443",
        "https://hooks.slack.com/services/T0/B0/x, hooks.slack.com, 443"
    })
    void publicPlaceIsAdmitted(String url, String host, int port) {
        TargetGuard.Target target = guard.admit(url);
        assertEquals(host, target.host());
        assertEquals(port, target.port());
    }

    @Test
    void nameThatLeadsInsideIsRefusedAtTheConnection() throws UnknownHostException {
        InetAddress inside = address("10.0.0.7");
        InetAddress outside = address("8.8.8.8");
        assertThrows(RefusedTargetException.class, () -> guard.choose(List.of(inside)));
        assertThrows(RefusedTargetException.class, () -> guard.choose(List.of(outside, inside)));
        assertThrows(RefusedTargetException.class, () -> guard.choose(List.of()));
        assertEquals(outside, guard.choose(List.of(outside)));
    }

    @Test
    void operatorMayAllowARangeAndNothingBesideIt() throws UnknownHostException {
        TargetGuard wider = new TargetGuard(List.of("10.1.0.0/16", "::1/128"), true);
        assertEquals("10.1.2.3", wider.admit("http://10.1.2.3/").host());
        assertEquals(address("::1"), wider.choose(List.of(address("::1"))));
        assertThrows(RefusedTargetException.class, () -> wider.admit("http://10.2.0.1/"));
        assertThrows(RefusedTargetException.class, () -> wider.admit("http://127.0.0.1/"));
    }

    @Test
    void plainHttpNeedsTheOperatorsWord() {
        TargetGuard strict = new TargetGuard(List.of(), false);
        assertThrows(RefusedTargetException.class, () -> strict.admit("http://example.org/"));
        assertEquals(443, strict.admit("https://example.org/").port());
    }

    @Test
    void refusalHoldsNoPartOfTheUrl() {
        RefusedTargetException refused =
                assertThrows(
                        RefusedTargetException.class,
                        () -> guard.admit("https://user:hunter2@example.org/"));
        assertFalse(String.valueOf(refused.getMessage()).contains("hunter2"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void rangeHoldsExactlyTheAddressesOfItsPrefix(long seed) throws UnknownHostException {
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            byte[] network = new byte[random.nextBoolean() ? 4 : 16];
            random.nextBytes(network);
            int prefix = random.nextInt(network.length * 8 + 1);
            IpRange range =
                    IpRange.parse(
                            InetAddress.getByAddress(network).getHostAddress() + "/" + prefix);
            byte[] other = network.clone();
            int flipped = random.nextInt(network.length * 8);
            other[flipped / 8] ^= (byte) (0x80 >> (flipped % 8));
            assertTrue(range.contains(network), "seed " + seed);
            // Of an IPv4-mapped network Java makes an IPv4 one: not among random ones.
            assertEquals(flipped >= prefix, range.contains(other), "seed " + seed + " " + range);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0/8",
                "::/129",
                "example.org/8",
                "10.0.0.0/",
                ""
            })
    void malformedRangeIsRefusedWithItsText(String text) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> IpRange.parse(text));
        assertTrue(
                String.valueOf(refused.getMessage()).contains("'" + text.replaceAll("/.*", "")),
                text);
    }

    private static InetAddress address(String literal) throws UnknownHostException {
        return InetAddress.getByName(literal);
    }
}
