package dev.vedette.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SigningKeysTest {
    @TempDir Path folder;

    @Test
    void keysAreMadeOnceAndForTheOwnerOnly() throws IOException {
        SigningKeys first = SigningKeys.ensure(folder.resolve("new"));
        assertEquals(first, SigningKeys.ensure(folder.resolve("new")));
        Path file = folder.resolve("new").resolve("signing-key.pem");
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        try (var files = Files.list(folder.resolve("new"))) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void thoseWhoStartAtOnceAgree() {
        long different =
                IntStream.range(0, 4)
                        .parallel()
                        .mapToObj(i -> SigningKeys.ensure(folder))
                        .distinct()
                        .count();
        assertEquals(1, different);
    }

    @Test
    void textThatIsNoKeyIsRefusedWithoutRepeatingIt() {
        IllegalStateException e =
                assertThrows(IllegalStateException.class, () -> SigningKeys.ofPem("c2VjcmV0"));
        assertFalse(String.valueOf(e.getMessage()).contains("c2VjcmV0"));
    }

    @Test
    void secretsDoNotShowInTexts() {
        SigningKeys keys = SigningKeys.ensure(folder);
        assertEquals("SigningKeys[2048 bits]", keys.toString());
        ApiKeySecret secret = ApiKeySecret.generate();
        assertEquals("vdt_" + secret.id() + "_…", secret.toString());
    }
}
