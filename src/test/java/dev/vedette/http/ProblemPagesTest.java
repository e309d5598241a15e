package dev.vedette.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ProblemPagesTest {
    @ParameterizedTest
    @EnumSource(ProblemKind.class)
    void everyKindHasItsSectionInTheManual(ProblemKind kind) throws IOException {
        String page = Files.readString(Path.of("docs", "problems.md"));
        assertTrue(page.contains("\n## " + kind.slug() + "\n" + kind.status() + ". "), kind.slug());
    }
}
