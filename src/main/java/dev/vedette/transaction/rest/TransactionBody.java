package dev.vedette.transaction.rest;

import dev.vedette.http.ProblemException;
import dev.vedette.ingestion.body.MalformedBodyException;
import dev.vedette.ingestion.rest.UnreadableBody;
import dev.vedette.transaction.intake.TransactionDocument;
import java.nio.charset.StandardCharsets;

/** A body of transactions, with what cannot be read of it said as a problem. */
final class TransactionBody {
    private static final String REMEDY =
            "Send {\"transactions\":[{\"transaction_id\":…,\"account_id\":…,"
                    + "\"amount\":…,\"currency\":…,\"time\":…}]}.";

    private TransactionBody() {}

    /** Reads a body; throws a {@link ProblemException}. */
    static TransactionDocument.Items read(byte[] body, String encoding) {
        try {
            return TransactionDocument.read(body, encoding);
        } catch (MalformedBodyException e) {
            throw UnreadableBody.problem(e, REMEDY);
        }
    }

    /** Reads a message of a socket; throws a {@link ProblemException}. */
    static TransactionDocument.Items readMessage(String message) {
        try {
            return TransactionDocument.readMessage(message.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedBodyException e) {
            throw UnreadableBody.problem(e, REMEDY);
        }
    }
}
