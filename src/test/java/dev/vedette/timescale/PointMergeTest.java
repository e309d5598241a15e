package dev.vedette.timescale;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vedette.Seeds;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PointMergeTest {
    private static final int ROUNDS = 500;

    @Test
    void pointsComeByTimeWithTheValueSentLastHoweverTheyWereSent() {
        long seed = Seeds.explored();
        System.out.println("PointMergeTest seed=" + seed);
        Random random = new Random(seed);
        PointMerge merge = new PointMerge();
        for (int round = 0; round < ROUNDS; round++) {
            merge.clear();
            TreeMap<Long, Double> expected = new TreeMap<>();
            int stretches = random.nextInt(7);
            for (int stretch = 0; stretch < stretches; stretch++) {
                // from shuffled points to long ascending stretches, as lanes bring them
                int ascent = random.nextInt(4);
                long time = random.nextInt(1000);
                for (int i = random.nextInt(200); i > 0; i--) {
                    time = ascent == 0 ? random.nextInt(1000) : time + random.nextInt(ascent + 1);
                    double value = random.nextDouble();
                    merge.add(time, value);
                    expected.put(time, value);
                }
            }
            merge.order();
            TreeMap<Long, Double> found = new TreeMap<>();
            for (int i = 0; i < merge.size(); i++) {
                found.put(merge.time(i), merge.value(i));
            }
            assertEquals(expected, found);
            assertEquals(expected.size(), merge.size());
        }
    }
}
