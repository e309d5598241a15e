package dev.vedette.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.detection.FairShare.Decision;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FairShareTest {
    private final FairShare share = new FairShare(16);

    private List<Decision> round() {
        return IntStream.range(0, 16).mapToObj(share::decide).toList();
    }

    private long decided(Decision decision) {
        return round().stream().filter(decision::equals).count();
    }

    @Test
    void nothingIsTakenBeforeTheWorkersWereCounted() {
        assertEquals(16, decided(Decision.LEAVE));
    }

    @Test
    void aLoneWorkerTakesAll() {
        share.count(1);
        assertEquals(16, decided(Decision.WORK));
    }

    @Test
    void theSurplusIsGivenBackOnceAnotherJoins() {
        share.count(1);
        round();
        share.count(3);
        assertEquals(10, decided(Decision.GIVE_BACK));
        assertEquals(0, decided(Decision.GIVE_BACK));
        assertEquals(6, share.held());
    }

    @Test
    void aShardThatIsAnothersLeavesRoomForTheNext() {
        share.count(2);
        IntStream.range(0, 8).forEach(share::decide);
        assertEquals(Decision.LEAVE, share.decide(9));
        share.lost(3);
        assertEquals(Decision.WORK, share.decide(9));
    }

    /** Any workers coming and going, with true counts in the end: every shard has a worker. */
    @Test
    void sharesOfAllWorkersCoverAllShards() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            int[] owners = new int[16];
            java.util.Arrays.fill(owners, -1);
            List<FairShare> workers = new ArrayList<>();
            for (int step = 0; step < 6; step++) {
                change(workers, owners, random);
                for (int round = 0; round < 3; round++) {
                    workers.forEach(one -> one.count(workers.size()));
                    look(workers, owners, random);
                }
                int most = Math.ceilDiv(16, workers.size());
                for (int owner : owners) {
                    assertTrue(owner >= 0, "a shard without a worker, seed " + seed);
                }
                for (FairShare one : workers) {
                    assertTrue(one.held() <= most, "more than its share, seed " + seed);
                }
            }
        }
    }

    private static void change(List<FairShare> workers, int[] owners, Random random) {
        if (workers.size() > 1 && random.nextBoolean()) {
            int gone = workers.size() - 1;
            workers.remove(gone);
            for (int shard = 0; shard < 16; shard++) {
                owners[shard] = owners[shard] == gone ? -1 : owners[shard];
            }
        } else {
            workers.add(new FairShare(16));
        }
    }

    // What the loops do: decide, take the lease if it is free, else say that it is lost.
    private static void look(List<FairShare> workers, int[] owners, Random random) {
        List<Integer> turns =
                new ArrayList<>(IntStream.range(0, workers.size() * 16).boxed().toList());
        Collections.shuffle(turns, random);
        for (int turn : turns) {
            int worker = turn / 16;
            int shard = turn % 16;
            switch (workers.get(worker).decide(shard)) {
                case GIVE_BACK -> owners[shard] = -1;
                case LEAVE -> {}
                case WORK -> {
                    if (owners[shard] < 0) {
                        owners[shard] = worker;
                    } else if (owners[shard] != worker) {
                        workers.get(worker).lost(shard);
                    }
                }
            }
        }
    }
}
