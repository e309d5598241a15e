package dev.vedette.tracing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.api.trace.SpanContext;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TraceparentTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PLACE = "00-" + TRACE + "-b7ad6b7169203331";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                " 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00 ",
                "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what-comes-later"
            })
    void validHeadersNameTheirTrace(String header) {
        assertEquals(TRACE, Traceparent.read(header).orElseThrow().getTraceId());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
                "00-0af7651916cd43dd8448eb211c80319c\n-b7ad6b7169203331-01",
                "anything"
            })
    void otherHeadersAreLeftOut(String header) {
        assertEquals(Optional.empty(), Traceparent.read(header));
    }

    @Test
    void callersSayWhetherTheyRecord() {
        assertTrue(Traceparent.read(PLACE + "-01").orElseThrow().isSampled());
        assertFalse(Traceparent.read(PLACE + "-00").orElseThrow().isSampled());
    }

    @Test
    void whatWasWrittenIsReadAgain() {
        List<SpanContext> places =
                List.of(
                        Traceparent.read(PLACE + "-01").orElseThrow(),
                        Traceparent.read("00-" + TRACE + "-00f067aa0ba902b7-01").orElseThrow());
        assertEquals(places, Traceparent.readAll(Traceparent.texts(places)));
        assertNull(Traceparent.texts(List.of()));
        assertEquals(List.of(), Traceparent.readAll(null));
    }

    @Test
    void longHeadersAreLeftOutAtOnce() {
        assertEquals(Optional.empty(), Traceparent.read("00-" + "a".repeat(100_000)));
    }
}
