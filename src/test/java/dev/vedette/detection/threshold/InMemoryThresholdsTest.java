package dev.vedette.detection.threshold;

final class InMemoryThresholdsTest extends ThresholdContract {
    private final InMemoryThresholds rules = new InMemoryThresholds();

    @Override
    protected ThresholdStore store() {
        return rules;
    }

    @Override
    protected ThresholdHistory history() {
        return rules;
    }
}
