package dev.vedette.detection;

import dev.vedette.ingestion.InMemorySeriesStore;
import dev.vedette.ingestion.SeriesStore;

final class InMemorySeriesDirectoryTest extends SeriesDirectoryContract {
    private final InMemorySeriesStore catalogue = new InMemorySeriesStore();

    @Override
    protected SeriesDirectory directory() {
        return new InMemorySeriesDirectory(catalogue);
    }

    @Override
    protected SeriesStore catalogue() {
        return catalogue;
    }
}
