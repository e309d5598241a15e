package dev.vedette.transaction.rest;

import dev.vedette.http.ProblemException;
import dev.vedette.http.ProblemKind;
import dev.vedette.ingestion.body.MalformedBodyException;
import dev.vedette.transaction.intake.TransactionDocument;

/** A body of transactions, with what cannot be read of it said as a problem. */
final class TransactionBody {
    private TransactionBody() {}

    /** Reads a body; throws a {@link ProblemException}. */
    static TransactionDocument.Items read(byte[] body, String encoding) {
        try {
            return TransactionDocument.read(body, encoding);
        } catch (MalformedBodyException e) {
            String detail = String.valueOf(e.getMessage());
            throw switch (e.kind()) {
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
}
