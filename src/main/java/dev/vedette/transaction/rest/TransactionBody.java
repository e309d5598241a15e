package dev.vedette.transaction.rest;

import dev.vedette.http.ProblemException;
import dev.vedette.http.ProblemKind;
import dev.vedette.ingestion.body.MalformedBodyException;
import dev.vedette.transaction.intake.TransactionDocument;
import java.nio.charset.StandardCharsets;

/** A body of transactions, with what cannot be read of it said as a problem. */
final class TransactionBody {
    private TransactionBody() {}

    /** Reads a body; throws a {@link ProblemException}. */
    static TransactionDocument.Items read(byte[] body, String encoding) {
        try {
            return TransactionDocument.read(body, encoding);
        } catch (MalformedBodyException e) {
            throw problem(e);
        }
    }

    /** Reads a message of a socket; throws a {@link ProblemException}. */
    static TransactionDocument.Items readMessage(String message) {
        try {
            return TransactionDocument.readMessage(message.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedBodyException e) {
            throw problem(e);
        }
    }

    private static ProblemException problem(MalformedBodyException e) {
        String detail = String.valueOf(e.getMessage());
        return switch (e.kind()) {
            case TOO_LARGE -> ProblemException.of(ProblemKind.PAYLOAD_TOO_LARGE, detail);
            case UNKNOWN_ENCODING ->
                    ProblemException.of(ProblemKind.UNSUPPORTED_MEDIA_TYPE, detail);
            case MALFORMED ->
                    ProblemException.invalid(
                            e.pointer(),
                            "body_malformed",
                            detail,
                            "Send {\"transactions\":[{\"transaction_id\":…,\"account_id\":…,"
                                    + "\"amount\":…,\"currency\":…,\"time\":…}]}.");
        };
    }
}
