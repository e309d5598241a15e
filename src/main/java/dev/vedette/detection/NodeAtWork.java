package dev.vedette.detection;

import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.detection.engine.CorruptSnapshotException;
import dev.vedette.detection.engine.NodeAnomaly;
import dev.vedette.detection.engine.NodeEvaluator;
import dev.vedette.detection.engine.NodeScratch;
import dev.vedette.series.NodeKey;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * One node under evaluation as a whole: which series are its metrics, in the order in which they
 * came, the rows they are joined to, and its evaluator.
 */
final class NodeAtWork {
    private static final int VERSION = 1;

    /** Most metrics told of when all have fallen silent. */
    private static final int MOST_TOLD = 8;

    /** The threshold until settings are followed. */
    private static final double UNSET = 1;

    private final NodeKey key;
    private final int shard;
    private final NodeScratch scratch;
    private long revision = -1;
    private long[] members = {};
    private final NodeSamples samples = new NodeSamples();
    private RowJoiner joiner = new RowJoiner();
    private Absences absences = new Absences();
    private NodeSilence silence = new NodeSilence();
    private final LevelKeeper levels = new LevelKeeper();
    private NodeEvaluator evaluator;
    private boolean changed;
    private boolean forgotten;
    private long usedIn;

    /**
     * A node that nothing is known of; judges no row before {@link #follow}.
     *
     * @param scratch shared by nodes that never judge at once
     */
    NodeAtWork(NodeKey key, int shard, NodeScratch scratch) {
        this.key = key;
        this.shard = shard;
        this.scratch = scratch;
        this.evaluator = new NodeEvaluator(UNSET, scratch);
    }

    /** Goes by those settings from the next row on; what it learnt stays. */
    void follow(SettingsSource.Revision settings) {
        if (revision != settings.number()) {
            revision = settings.number();
            goBy(settings.ofWhole(key));
        }
    }

    /** Goes by that threshold from the next row on. */
    void goBy(double threshold) {
        evaluator.goBy(threshold);
    }

    /** Which node. */
    NodeKey key() {
        return key;
    }

    /** Its shard. */
    int shard() {
        return shard;
    }

    /**
     * It has points in that tick.
     *
     * @return whether that is news
     */
    boolean use(long tick) {
        boolean isNew = usedIn != tick;
        usedIn = tick;
        return isNew;
    }

    /** It is at work no more: who holds on to it has to look for another. */
    void forget() {
        forgotten = true;
    }

    /** Whether it is at work no more. */
    boolean isForgotten() {
        return forgotten;
    }

    /** The ids of its series, by their places in the rows. */
    long[] members() {
        return members.clone();
    }

    /** Whether it has been judged since the last checkpoint. */
    boolean isChanged() {
        return changed;
    }

    /**
     * The place of that series in the rows; it joins when it is new. Below 0 when the node has no
     * room for further metrics.
     */
    int place(long seriesId) {
        for (int place = 0; place < members.length; place++) {
            if (members[place] == seriesId) {
                return place;
            }
        }
        return members.length >= NodeEvaluator.MAX_METRICS ? -1 : join(seriesId);
    }

    /**
     * Takes in one judged point of one of its series, for {@link #judge}.
     *
     * @param place {@link #place}; below 0 nothing happens
     * @param alarmed whether the series has an open anomaly of its own there
     */
    void offer(int place, long epochMillis, double value, double strangeness, boolean alarmed) {
        if (place >= 0) {
            samples.add(place, epochMillis, value, strangeness, alarmed);
        }
    }

    private int join(long seriesId) {
        int place = members.length;
        members = Arrays.copyOf(members, place + 1);
        members[place] = seriesId;
        joiner.join();
        absences.join();
        return place;
    }

    /**
     * Judges the rows that the points offered since the last call complete.
     *
     * @param present when the newest of these points was appended to the log, milliseconds since
     *     1970-01-01T00:00Z
     * @param peaks where their scores are added
     */
    NodeTick judge(long present, FoundPeaks peaks) {
        changed |= samples.size() > 0;
        NodeTick tick =
                new NodeTick(this, evaluator, joiner, absences, silence, levels, present, peaks);
        tick.judge(samples);
        samples.clear();
        return tick;
    }

    /** How long nothing may come before the node is silent; empty when it is not followed. */
    OptionalLong watchMillis() {
        return silence.isLive() && !absences.haveAllEnded()
                ? OptionalLong.of(silence.boundMillis())
                : OptionalLong.empty();
    }

    /**
     * The silence of the node, which nothing came from for its bound.
     *
     * @param now after {@value Absences#RETIRED_DAYS} days it is given up
     */
    NodeAnomaly silence(Instant now) {
        boolean over = now.toEpochMilli() - silence.latest() >= Absences.RETIRED_MILLIS;
        changed |= over;
        return silent(over ? silence.givenUp() : silence.open());
    }

    /** That silence of the node, with all its metrics having the same share. */
    NodeAnomaly silent(AnomalyResult result) {
        List<NodeAnomaly.Share> shares = new ArrayList<>();
        for (int i = 0; i < Math.min(members.length, MOST_TOLD); i++) {
            shares.add(new NodeAnomaly.Share(i, 1.0 / members.length));
        }
        return new NodeAnomaly(result, shares);
    }

    /** The state for a checkpoint; unchanged from then on. */
    Checkpoint.NodeSnapshot snapshot() {
        changed = false;
        byte[] inner = evaluator.snapshot();
        ByteBuffer out =
                ByteBuffer.allocate(
                        8
                                + 8 * members.length
                                + joiner.bytes()
                                + absences.bytes()
                                + NodeSilence.bytes()
                                + inner.length);
        out.putInt(VERSION).putInt(members.length);
        for (long id : members) {
            out.putLong(id);
        }
        joiner.write(out);
        absences.write(out);
        silence.write(out);
        out.put(inner);
        return new Checkpoint.NodeSnapshot(key, watchMillis(), out.array());
    }

    /**
     * Takes the state of that snapshot.
     *
     * @throws CorruptSnapshotException when it is no whole snapshot of this version; the node stays
     *     as it was
     */
    void restore(byte[] snapshot) {
        ByteBuffer in = ByteBuffer.wrap(snapshot);
        try {
            if (in.getInt() != VERSION) {
                throw new CorruptSnapshotException("state of a node has another version");
            }
            long[] ids = new long[Math.min(in.getInt(), NodeEvaluator.MAX_METRICS)];
            for (int i = 0; i < ids.length; i++) {
                ids[i] = in.getLong();
            }
            RowJoiner rows = RowJoiner.read(in);
            Absences absent = Absences.read(in);
            NodeSilence silent = NodeSilence.read(in);
            byte[] inner = new byte[in.remaining()];
            in.get(inner);
            evaluator = NodeEvaluator.restore(UNSET, scratch, inner);
            joiner = rows;
            absences = absent;
            silence = silent;
            members = ids;
        } catch (BufferUnderflowException | NegativeArraySizeException e) {
            throw new CorruptSnapshotException("state of a node is cut off");
        }
    }
}
