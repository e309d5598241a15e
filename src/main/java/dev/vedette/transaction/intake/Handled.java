package dev.vedette.transaction.intake;

import dev.vedette.transaction.Decision;
import dev.vedette.transaction.ReceivedTransaction;
import java.util.Optional;

/**
 * What became of a transaction that was handed on; it is durable.
 *
 * @param received the transaction
 * @param isDuplicate whether one of its id was known before, so that this one changed nothing
 * @param decision the decision, when it was made at once
 */
public record Handled(
        ReceivedTransaction received, boolean isDuplicate, Optional<Decision> decision) {}
