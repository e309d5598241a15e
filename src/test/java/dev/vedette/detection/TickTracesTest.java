package dev.vedette.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vedette.detection.ShardWorker.Outcome;
import dev.vedette.ingestion.Lane;
import dev.vedette.ingestion.ShardBatch;
import dev.vedette.ingestion.StorageUnavailableException;
import dev.vedette.tracing.RecordedSpans;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How a tick is shown in the traces that the rows of its log name. */
final class TickTracesTest {
    private static final Lane LANE = new Lane(1);
    private static final int USUAL = 100;
    private static final ShardWorker.Limits LIMITS =
            new ShardWorker.Limits(
                    100_000, 1_000_000, 1000, 1000, Duration.ofHours(1), WorkerWorld.TTL);

    private final RecordedSpans spans = new RecordedSpans();
    private final WorkerWorld world = new WorkerWorld(1, 2);
    private long seq;

    TickTracesTest() {
        world.tracing = spans.tracing;
    }

    @Test
    void tickGoesOnWithTheTraceOfItsPointsAndWhatTheyRaiseGoesOnWithTheTick() {
        ShardWorker worker = world.worker("a", LIMITS);
        send(1, 0, USUAL, 50, List.of());
        send(2, 0, USUAL, 50, List.of());
        assertEquals(Outcome.CAUGHT_UP, worker.tick());
        assertEquals(List.of(), spans.named("judge"));
        SpanContext ordinary = spans.request().getSpanContext();
        SpanContext strange = spans.request().getSpanContext();
        send(1, USUAL, USUAL + 1, 90, List.of(strange));
        send(2, USUAL, USUAL + 1, 50, List.of(ordinary));
        assertEquals(Outcome.CAUGHT_UP, worker.tick());
        List<SpanData> judged = spans.named("judge");
        assertEquals(
                List.of(strange.getSpanId(), ordinary.getSpanId()),
                judged.stream().map(SpanData::getParentSpanId).toList());
        assertEquals(Map.of(onlyAnomaly(), judged.getFirst().getSpanContext()), world.store.traces);
    }

    @Test
    void tickThatIsNotStoredIsShownAsFailedAndAgainWhenItIs() {
        ShardWorker worker = world.worker("a", LIMITS);
        worker.tick();
        send(1, 0, USUAL, 50, List.of(spans.request().getSpanContext()));
        world.store.failure = InMemoryShardStore.Failure.BEFORE;
        assertThrows(StorageUnavailableException.class, worker::tick);
        assertEquals(Outcome.CAUGHT_UP, worker.tick());
        assertEquals(
                List.of(StatusCode.ERROR, StatusCode.UNSET),
                spans.named("judge").stream().map(s -> s.getStatus().getStatusCode()).toList());
    }

    @Test
    void replayAfterACrashIsInNoTrace() {
        ShardWorker worker = world.worker("a", LIMITS);
        send(1, 0, USUAL, 50, List.of(spans.request().getSpanContext()));
        worker.tick();
        world.now = world.now.plus(WorkerWorld.TTL);
        assertEquals(Outcome.IDLE, world.worker("b", LIMITS).tick());
        assertEquals(1, spans.named("judge").size());
    }

    private UUID onlyAnomaly() {
        assertEquals(1, world.store.anomalies.size());
        return world.store.anomalies.keySet().iterator().next();
    }

    private void send(long series, int from, int to, double value, List<SpanContext> traces) {
        long[] times = new long[to - from];
        double[] values = new double[times.length];
        for (int i = 0; i < times.length; i++) {
            times[i] = WorkerWorld.START.toEpochMilli() + (from + i) * 20_000L;
            values[i] = value + Math.sin(0.7 * series + 1.3 * (from + i));
        }
        ShardBatch batch = new ShardBatch(0, WorkerWorld.run(series, times, values), traces);
        world.log.append(LANE, ++seq, List.of(batch)).await().indefinitely();
    }
}
