package dev.vedette.detection;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.ingestion.InMemoryPointLog;
import dev.vedette.ingestion.InMemorySeriesStore;
import dev.vedette.series.PointBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogNewsTest {
    private Instant now = Instant.parse("2026-11-21T12:00:00Z");
    private final InMemoryPointLog log = new InMemoryPointLog(() -> now);
    private final InMemoryShardStore store =
            new InMemoryShardStore(() -> now, log, new InMemorySeriesStore());
    private final LogNews news = new LogNews(store, Duration.ofMillis(100), () -> now);

    @Test
    void rowBeyondTheWatermarkOfItsLaneIsNewsToItsShardOnly() {
        append(1, 7);
        assertTrue(news.has(1, Watermark.START));
        assertTrue(news.has(1, Watermark.of(Map.of(8L, 5L))));
        assertFalse(news.has(1, Watermark.of(Map.of(7L, 1L))));
        assertFalse(news.has(2, Watermark.START));
    }

    @Test
    void rowIsNoticedOnceTheAnswerBeforeItIsOld() {
        assertFalse(news.has(1, Watermark.START));
        append(1, 7);
        assertFalse(news.has(1, Watermark.START));
        now = now.plusMillis(100);
        assertTrue(news.has(1, Watermark.START));
    }

    private void append(int shard, long lane) {
        log.append(
                shard,
                lane,
                new PointBatch(new long[] {1}, new int[] {1}, new long[] {0}, new double[] {1}));
    }
}
