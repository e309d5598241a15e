package dev.vedette.ingestion;

final class InMemorySeriesStoreTest extends SeriesStoreContract {
    private final InMemorySeriesStore store = new InMemorySeriesStore();

    @Override
    protected SeriesStore store() {
        return store;
    }
}
