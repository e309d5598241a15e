package dev.vedette.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class TokenCommandTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir Path data;

    @Test
    void tokenCarriesTenantRolesAndLife() {
        String claims = claims("--tenant", "acme", "--role", "viewer,ingest", "--ttl", "PT1H");
        assertTrue(claims.contains("\"tenant\":\"acme\""), claims);
        assertTrue(claims.contains("viewer") && claims.contains("ingest"), claims);
        assertTrue(claims.contains("\"exp\":" + NOW.plusSeconds(3600).getEpochSecond()), claims);
    }

    @Test
    void platformAdministratorNeedsNoTenant() {
        assertTrue(claims("--role", "platform-admin").contains("platform-admin"));
    }

    @Test
    void whatDoesNotFitTogetherIsRefused() {
        assertRefused("without tenant", "--role", "viewer");
        assertRefused("'boss'", "--tenant", "acme", "--role", "boss");
        assertRefused("PT25H", "--tenant", "acme", "--role", "viewer", "--ttl", "PT25H");
        assertRefused("'A B'", "--tenant", "A B", "--role", "viewer");
    }

    private void assertRefused(String expected, String... options) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> claims(options));
        assertTrue(String.valueOf(e.getMessage()).contains(expected), e.getMessage());
    }

    private String claims(String... options) {
        TokenCommand command = new TokenCommand();
        new CommandLine(command).parseArgs(with(options, "--data", data.toString()));
        String[] parts = command.token(Map.of(), NOW).split("\\.", -1);
        assertEquals(3, parts.length);
        return new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    }

    private static String[] with(String[] options, String... more) {
        return Stream.of(options, more).flatMap(Arrays::stream).toArray(String[]::new);
    }
}
