package dev.vedette.detection.engine;

import java.nio.ByteBuffer;

/**
 * An external model whose answers follow from what it is sent: the distance from the last value it
 * saw, which is its state; no opinion on the first point, no answer on about every fifth.
 */
final class FlakyModel implements ExternalModel {
    @Override
    public Scores detect(long[] epochMillis, double[] values) {
        return update(new byte[0], epochMillis, values);
    }

    @Override
    public Scores update(byte[] state, long[] epochMillis, double[] values) {
        if (Long.hashCode(epochMillis[epochMillis.length - 1] * 31) % 5 == 0) {
            throw new ExternalModelException(ExternalModelException.Reason.TIMEOUT, "flaky");
        }
        double before = state.length == 0 ? Double.NaN : ByteBuffer.wrap(state).getDouble();
        double[] sigmas = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            if (!Double.isNaN(values[i])) {
                sigmas[i] = Math.clamp(values[i] - before, -5, 5);
                before = values[i];
            } else {
                sigmas[i] = Double.NaN;
            }
        }
        return new Scores(sigmas, ByteBuffer.allocate(Double.BYTES).putDouble(before).array());
    }
}
