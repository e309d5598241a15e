package dev.vedette.http;

import io.smallrye.mutiny.Uni;

/** Calls that carried an {@code Idempotency-Key}, for a day each. */
public interface IdempotencyStore {
    /**
     * A call.
     *
     * @param id of tenant, subject and key: 32 bytes
     * @param request of method, address and body: 32 bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // digests, compared by the store
    record Call(byte[] id, byte[] request) {}

    /** What is known of a call's key. */
    sealed interface Known {
        /** Nothing: this call goes on, and others with the key wait for its end. */
        record Nothing() implements Known {}

        /** It came with another request. */
        record OtherRequest() implements Known {}

        /** The same request is under way. */
        record Underway() implements Known {}

        /**
         * The same request was answered.
         *
         * @param status of the answer
         * @param sealed the rest of it, as given to {@link #answered}
         */
        record Answered(int status, String sealed) implements Known {}
    }

    /**
     * Begins a call unless its key is known. A call that neither ended nor failed within a minute
     * is taken for lost.
     */
    Uni<Known> begin(Call call);

    /** Keeps the answer of a call. */
    Uni<Void> answered(Call call, int status, String sealed);

    /** Forgets a call that made nothing. */
    Uni<Void> failed(Call call);
}
