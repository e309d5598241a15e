package dev.vedette.timescale;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.Seeds;
import dev.vedette.series.PointBatch;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PackedPointsTest {
    static LongStream seeds() {
        long fresh = Seeds.explored();
        return LongStream.concat(LongStream.range(0, 200), LongStream.range(fresh, fresh + 50));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anyBatchComesBackBitByBit(long seed) {
        PointBatch batch = random(new Random(seed));
        PointBatch back = PackedPoints.unpack(PackedPoints.pack(batch));
        assertArrayEquals(batch.seriesIds(), back.seriesIds());
        assertArrayEquals(batch.runEnds(), back.runEnds());
        assertArrayEquals(batch.epochMillis(), back.epochMillis());
        assertArrayEquals(bits(batch.values()), bits(back.values()));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void damagedBytesAreRefusedOrReadButNeverHang(long seed) {
        Random random = new Random(seed);
        byte[] packed = PackedPoints.pack(random(random));
        packed[random.nextInt(packed.length)] ^= (byte) (1 << random.nextInt(8));
        byte[] cut = Arrays.copyOf(packed, random.nextInt(packed.length + 1));
        try {
            assertTrue(PackedPoints.unpack(cut).size() >= 0);
        } catch (IllegalStateException | IllegalArgumentException e) {
            assertTrue(e.getMessage() != null);
        }
    }

    @Test
    void ordinaryMetricsTakeFewBytes() {
        int nodes = 1_000;
        long[] ids = LongStream.rangeClosed(1, nodes).toArray();
        int[] ends = new int[nodes];
        long[] times = new long[nodes];
        double[] values = new double[nodes];
        Random random = new Random(1);
        for (int i = 0; i < nodes; i++) {
            ends[i] = i + 1;
            times[i] = 1_790_000_000_000L;
            values[i] = Math.round(1000 * (50 + 10 * random.nextGaussian())) / 1000.0;
        }
        int bytes = PackedPoints.pack(new PointBatch(ids, ends, times, values)).length;
        assertTrue(bytes < 8 * nodes, () -> bytes + " bytes");
    }

    @Test
    void emptyBatchComesBack() {
        assertEquals(PointBatch.EMPTY, PackedPoints.unpack(PackedPoints.pack(PointBatch.EMPTY)));
    }

    @Test
    void otherVersionIsRefused() {
        byte[] packed = PackedPoints.pack(PointBatch.EMPTY);
        packed[0] = 9;
        assertThrows(IllegalStateException.class, () -> PackedPoints.unpack(packed));
    }

    private static long[] bits(double[] values) {
        return Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray();
    }

    // Unsorted, repeated, negative and extreme numbers, runs of no point, NaN of many kinds.
    private static PointBatch random(Random random) {
        int runs = random.nextInt(40);
        long[] ids = new long[runs];
        int[] ends = new int[runs];
        int points = 0;
        for (int i = 0; i < runs; i++) {
            ids[i] = random.nextInt(4) == 0 ? random.nextLong() : random.nextInt(50);
            points += random.nextInt(3) == 0 ? random.nextInt(200) : random.nextInt(2);
            ends[i] = points;
        }
        long[] times = new long[points];
        double[] values = new double[points];
        long time = random.nextLong(1L << 41);
        for (int i = 0; i < points; i++) {
            time = random.nextInt(20) == 0 ? random.nextLong() : time + 1000L * random.nextInt(3);
            times[i] = time;
            values[i] =
                    switch (random.nextInt(4)) {
                        case 0 -> Double.longBitsToDouble(random.nextLong());
                        case 1 -> Double.NaN;
                        case 2 -> -0.0;
                        default -> random.nextGaussian();
                    };
        }
        return new PointBatch(ids, ends, times, values);
    }
}
