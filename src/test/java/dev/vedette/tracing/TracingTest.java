package dev.vedette.tracing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.validator.BeanValidationConfigValidator;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class TracingTest {
    private static final AttributeKey<Long> POINTS = AttributeKey.longKey("vedette.points");

    private final RecordedSpans recorded = new RecordedSpans();

    @Test
    void sharedWorkIsASpanOfEachTraceWithALinkToTheOthers() {
        SpanContext one = recorded.request().getSpanContext();
        SpanContext other = recorded.request().getSpanContext();
        SharedWork work = recorded.tracing.share("commit", List.of(one, other, one));
        work.set("vedette.points", 3).end();
        List<SpanData> spans = recorded.named("commit");
        assertEquals(
                List.of(one.getTraceId(), other.getTraceId()),
                spans.stream().map(SpanData::getTraceId).toList());
        assertEquals(one.getSpanId(), spans.getFirst().getParentSpanId());
        assertEquals(
                List.of(other),
                spans.getFirst().getLinks().stream().map(LinkData::getSpanContext).toList());
        assertEquals(Optional.of(spans.getFirst().getSpanContext()), work.placeIn(one));
        assertEquals(
                List.of(3L, 3L),
                spans.stream().map(span -> span.getAttributes().get(POINTS)).toList());
    }

    @Test
    void noMoreThanSomeTracesShowOnePieceOfWork() {
        List<SpanContext> many =
                Stream.generate(() -> recorded.request().getSpanContext()).limit(20).toList();
        SharedWork work = recorded.tracing.share("judge", many);
        assertEquals(Tracing.MOST_SHARED, work.places().size());
        assertEquals(Optional.empty(), work.placeIn(many.getLast()));
    }

    @Test
    void whatFailedSaysSo() {
        SharedWork work =
                recorded.tracing.share("commit", List.of(recorded.request().getSpanContext()));
        work.failed(new IllegalStateException("the disk is full"));
        work.end();
        SpanData span = recorded.named("commit").getFirst();
        assertEquals(StatusCode.ERROR, span.getStatus().getStatusCode());
        assertEquals("exception", span.getEvents().getFirst().getName());
    }

    @Test
    void theFirstTraceIsTheCurrentOneWhileWorkRuns() {
        SpanContext request = recorded.request().getSpanContext();
        SharedWork work = recorded.tracing.share("notify", List.of(request));
        work.run(() -> assertEquals(work.placeIn(request), CurrentTrace.place()));
        assertEquals(Optional.empty(), CurrentTrace.place());
    }

    @Test
    void offRecordsNothingWhateverTheCallerAsksFor() {
        Optional<SpanContext> caller =
                Traceparent.read("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        Span span = Tracing.OFF.request("GET", caller);
        assertFalse(span.isRecording());
        assertSame(SharedWork.NONE, Tracing.OFF.share("commit", caller.stream().toList()));
    }

    @Test
    void spansArePostedBelowTheCollectorsAddress() {
        assertEquals(
                "https://collector:4318/v1/traces", TracingBeans.traces("https://collector:4318"));
        assertEquals(
                "http://collector/otlp/v1/traces", TracingBeans.traces("http://collector/otlp/"));
    }

    @Test
    void everySettingThatIsWrongIsNamedAtOnce() {
        var refusal =
                assertThrows(
                        ConfigValidationException.class,
                        () ->
                                config(
                                        Map.of(
                                                "vedette.tracing.endpoint", "collector:4318",
                                                "vedette.tracing.sample-ratio", "5")));
        String said =
                IntStream.range(0, refusal.getProblemCount())
                        .mapToObj(i -> refusal.getProblem(i).getMessage())
                        .collect(Collectors.joining("\n"));
        assertEquals(2, refusal.getProblemCount(), said);
        assertTrue(said.contains("vedette.tracing.endpoint"), said);
        assertTrue(said.contains("vedette.tracing.sample-ratio"), said);
        assertFalse(config(Map.of()).enabled());
    }

    private static TracingConfig config(Map<String, String> settings) {
        try (ValidatorFactory factory = Validation.buildDefaultValidatorFactory()) {
            Validator validator = factory.getValidator();
            BeanValidationConfigValidator check = () -> validator;
            return new SmallRyeConfigBuilder()
                    .withMapping(TracingConfig.class)
                    .withDefaultValues(settings)
                    .withValidator(check)
                    .build()
                    .getConfigMapping(TracingConfig.class);
        }
    }
}
