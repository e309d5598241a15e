package dev.vedette.transaction.training;

import dev.vedette.scheduling.JobState;
import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.decision.DecisionModel;
import dev.vedette.transaction.model.ModelKind;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * A training that was asked for.
 *
 * @param tenant whose
 * @param id of it
 * @param request what is wanted
 * @param author who wants it
 * @param createdAt when
 * @param state how far it is
 * @param endedAt when it ended
 * @param version what came of it, once completed
 * @param failure why nothing came of it, once failed
 */
public record TrainingRun(
        TenantId tenant,
        UUID id,
        Request request,
        String author,
        Instant createdAt,
        JobState state,
        Optional<Instant> endedAt,
        OptionalInt version,
        Optional<String> failure) {
    /** What becomes of the version. */
    public enum Next {
        /** It waits for a person. */
        REGISTER,
        /** It scores beside the one that decides. */
        SHADOW,
        /** It decides. */
        PROMOTE;

        /** As in the API and in the database: the name in lower case. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What is wanted.
     *
     * @param kinds models, 1 to {@value #MOST_KINDS}
     * @param share of transactions to learn from, the oldest of them; the trial has the others;
     *     from {@value #LEAST_SHARE} to {@value #MOST_SHARE}
     * @param most transactions, the newest, from {@value #LEAST} to {@value #MOST}
     * @param next what becomes of the version
     */
    public record Request(List<ModelKind> kinds, double share, int most, Next next) {
        /** Most kinds of models in one. */
        public static final int MOST_KINDS = 5;

        /** Least share to learn from. */
        public static final double LEAST_SHARE = 0.1;

        /** Largest share to learn from: the trial wants some, too. */
        public static final double MOST_SHARE = 0.95;

        /** Fewest transactions that can be asked for. */
        public static final int LEAST = 200;

        /** Most transactions of a training; they are in memory together. */
        public static final int MOST = 200_000;

        /** The share that is learnt when nothing is said. */
        public static final double SHARE = 0.8;

        /** How many transactions when nothing is said. */
        public static final int USUAL = 50_000;

        /** What is wanted when nothing is said. */
        public static final Request USUALLY =
                new Request(DecisionModel.MODELS, SHARE, USUAL, Next.REGISTER);

        /** Copies and checks. */
        public Request {
            kinds = List.copyOf(kinds);
            if (kinds.isEmpty() || kinds.size() > MOST_KINDS) {
                throw new IllegalArgumentException(
                        "1 to " + MOST_KINDS + " models, not " + kinds.size());
            }
            if (!(share >= LEAST_SHARE && share <= MOST_SHARE)) {
                throw new IllegalArgumentException("share out of range: " + share);
            }
            if (most < LEAST || most > MOST) {
                throw new IllegalArgumentException("transactions out of range: " + most);
            }
        }
    }

    /** A new one. */
    public static TrainingRun queued(TenantId tenant, Request request, String author, Instant at) {
        return new TrainingRun(
                tenant,
                UUID.randomUUID(),
                request,
                author,
                at,
                JobState.QUEUED,
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty());
    }
}
