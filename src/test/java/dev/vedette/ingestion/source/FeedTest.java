package dev.vedette.ingestion.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.ingestion.IncomingBatch;
import dev.vedette.ingestion.IntakeWorld;
import dev.vedette.ingestion.StorageUnavailableException;
import dev.vedette.simulation.Fleet;
import dev.vedette.tenant.TenantId;
import dev.vedette.tenant.TenantLimits;
import dev.vedette.tracing.RecordedSpans;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo, the collector and the folder of files, on stores in memory. */
class FeedTest {
    private static final TenantId ACME = new TenantId("acme");
    private static final int SERIES = 960;

    private Instant now = Instant.parse("2026-01-31T12:00:00Z");
    private final RecordedSpans recorded = new RecordedSpans();
    private final IntakeWorld world = new IntakeWorld(() -> now, TenantLimits.DEFAULT);

    @Test
    void demoFeedsItsHistoryOnceAndThenLivePoints() {
        DemoFeed demo = demo(Optional.empty());
        demo.run();
        int history = world.durablePoints();
        // simulated nodes lose some points: that is what missing data looks like
        assertTrue(history > SERIES * 23 && history <= SERIES * 25, "fed " + history);
        assertTrue(world.series().size() > 900, "made " + world.series().size());
        now = now.plusSeconds(20);
        demo.run();
        int live = world.durablePoints() - history;
        assertTrue(live > SERIES && live <= 2 * SERIES, "fed " + live);
        demo.run();
        assertEquals(history + live, world.durablePoints());
    }

    @Test
    void demoGoesOnFromTheNewestStoredPoint() {
        demo(Optional.of(now.minusSeconds(60))).run();
        assertTrue(world.durablePoints() <= 6 * SERIES, "fed " + world.durablePoints());
    }

    @Test
    void demoThatFailedGoesOnWhereItStopped() {
        DemoFeed demo = demo(Optional.of(now.minusSeconds(60)));
        world.setUnreachable(true);
        assertThrows(StorageUnavailableException.class, demo::run);
        world.setUnreachable(false);
        demo.run();
        assertTrue(world.durablePoints() > 5 * SERIES, "fed " + world.durablePoints());
    }

    @Test
    void demoThatIsAskedToStopFeedsNoMore() {
        DemoFeed demo = demo(Optional.empty());
        demo.askToStop();
        demo.run();
        assertEquals(0, world.durablePoints());
    }

    @Test
    void sourceThatFailsIsAskedForTheSameStretchAgain() {
        List<Instant> asked = new ArrayList<>();
        SourceCollector collector =
                collector((from, to, sink) -> {
                    asked.add(from);
                    if (asked.size() == 1) {
                        throw new IOException("down");
                    }
                });
        collector.collect();
        now = now.plusSeconds(1);
        collector.collect();
        now = now.plusSeconds(1);
        collector.collect();
        assertEquals(2, asked.size(), "not due again before its interval");
        assertEquals(Duration.ofSeconds(1), Duration.between(asked.get(0), asked.get(1)));
    }

    @Test
    void eachBatchOfASourceBeginsATrace() throws IOException {
        SimulatorSource fleet = new SimulatorSource(identity("sim"), Fleet.demo(1, Instant.EPOCH));
        collector((from, _, sink) -> fleet.fetch(from, from.plusSeconds(20), sink)).collect();
        List<SpanData> spans = recorded.named("take test");
        assertEquals(2, spans.stream().map(SpanData::getTraceId).distinct().count());
        assertEquals(
                world.durablePoints(),
                spans.stream()
                        .mapToLong(s ->
                                Objects.requireNonNull(
                                        s.getAttributes()
                                                .get(AttributeKey.longKey("vedette.points"))))
                        .sum());
    }

    @Test
    void simulatorSendsEveryStepOfTheStretch() {
        SimulatorSource source = new SimulatorSource(identity("sim"), Fleet.demo(1, Instant.EPOCH));
        List<IncomingBatch> batches = new ArrayList<>();
        source.fetch(now.minusSeconds(30), now, batches::add);
        assertEquals(3, batches.size());
    }

    @Test
    void filesOfAFolderAreImportedOnceAndAgainWhenTheyChange(@TempDir Path folder)
            throws IOException {
        Files.createDirectory(folder.resolve("eu-1"));
        Path file = folder.resolve("eu-1").resolve("web-1.csv");
        Files.writeString(file, "timestamp,cpu,mem\n1767225600,1,2\n1767225660,3,\n");
        Files.writeString(folder.resolve("broken.csv"), "timestamp,value\nnever,1\n");
        CsvFolderSource source =
                new CsvFolderSource(
                        identity("files"),
                        folder,
                        "rest",
                        new CsvPoints.Layout(
                                Optional.empty(), Duration.ofMinutes(1), Optional.empty()));
        List<IncomingBatch> batches = new ArrayList<>();
        assertThrows(IOException.class, () -> source.fetch(now, now, batches::add));
        source.fetch(now, now, batches::add);
        assertEquals(1, batches.size());
        assertEquals(3, batches.getFirst().points().size());
        assertEquals("eu-1", batches.getFirst().series().getFirst().clusterId());
        assertEquals("web-1", batches.getFirst().series().getFirst().nodeId());
        Files.setLastModifiedTime(
                file, java.nio.file.attribute.FileTime.from(now.plusSeconds(100)));
        source.fetch(now, now, batches::add);
        assertEquals(2, batches.size());
    }

    private static SourceIdentity identity(String name) {
        return new SourceIdentity(name, ACME, Duration.ofSeconds(10));
    }

    private interface Fetch {
        void fetch(Instant from, Instant to, Consumer<IncomingBatch> sink) throws IOException;
    }

    private SourceCollector collector(Fetch fetch) {
        MetricSource source =
                new MetricSource() {
                    @Override
                    public SourceIdentity identity() {
                        return FeedTest.identity("test");
                    }

                    @Override
                    public void fetch(Instant from, Instant to, Consumer<IncomingBatch> sink)
                            throws IOException {
                        fetch.fetch(from, to, sink);
                    }
                };
        return new SourceCollector(
                List.of(source),
                world.intake,
                () -> now,
                Duration.ofMinutes(5),
                new SimpleMeterRegistry(),
                recorded.tracing);
    }

    private DemoFeed demo(Optional<Instant> newest) {
        return new DemoFeed(new TestDemoConfig(), world.intake, tenant -> newest, () -> now);
    }

    /** Two hours of history. */
    private static final class TestDemoConfig implements DemoConfig {
        @Override
        public boolean enabled() {
            return true;
        }

        @Override
        public String tenant() {
            return "demo";
        }

        @Override
        public long seed() {
            return 42;
        }

        @Override
        public Duration interval() {
            return Duration.ofSeconds(10);
        }

        @Override
        public Duration history() {
            return Duration.ofHours(2);
        }

        @Override
        public Duration historyStep() {
            return Duration.ofMinutes(5);
        }
    }
}
