package dev.vedette.ingestion.source;

import dev.vedette.ingestion.IncomingBatch;
import dev.vedette.simulation.Fleet;
import dev.vedette.simulation.FleetSeries;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stretches of a simulated fleet as batches. */
final class FleetBatches {
    private final Fleet fleet;
    private final List<FleetSeries> series;

    FleetBatches(Fleet fleet) {
        this.fleet = fleet;
        this.series = fleet.series();
    }

    /** How many series the fleet has. */
    int size() {
        return series.size();
    }

    /**
     * Points of some series at equal steps.
     *
     * @param fromIndex first series
     * @param toIndex series after the last
     * @param firstMillis time of the first step
     * @param steps how many, above 0
     */
    IncomingBatch stretch(
            int fromIndex, int toIndex, long firstMillis, long stepMillis, int steps) {
        SeriesBatch batch = new SeriesBatch((toIndex - fromIndex) * steps);
        double[] values = new double[steps];
        for (int index = fromIndex; index < toIndex; index++) {
            fleet.fill(index, firstMillis, stepMillis, values);
            for (int i = 0; i < steps; i++) {
                if (!Double.isNaN(values[i])) {
                    batch.add(firstMillis + i * stepMillis, values[i]);
                }
            }
            end(batch, index);
        }
        return batch.build();
    }

    /** All series at one moment. */
    IncomingBatch moment(long epochMillis) {
        SeriesBatch batch = new SeriesBatch(series.size());
        double[] values = new double[series.size()];
        fleet.fillStep(epochMillis, values);
        for (int index = 0; index < values.length; index++) {
            if (!Double.isNaN(values[index])) {
                batch.add(epochMillis, values[index]);
            }
            end(batch, index);
        }
        return batch.build();
    }

    private void end(SeriesBatch batch, int index) {
        FleetSeries one = series.get(index);
        batch.endSeries(
                one.clusterId(),
                one.nodeId(),
                one.metric().metricName(),
                Map.of(),
                Optional.of(one.metric().unit()));
    }
}
