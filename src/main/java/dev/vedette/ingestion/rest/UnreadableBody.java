package dev.vedette.ingestion.rest;

import dev.vedette.http.ProblemException;
import dev.vedette.http.ProblemKind;
import dev.vedette.ingestion.body.MalformedBodyException;

/** What is answered to a body that cannot be read. */
public final class UnreadableBody {
    private UnreadableBody() {}

    /**
     * The problem to answer.
     *
     * @param remedy what to send, where the body's form is the fault
     */
    public static ProblemException problem(MalformedBodyException e, String remedy) {
        String detail = String.valueOf(e.getMessage());
        return switch (e.kind()) {
            case TOO_LARGE -> ProblemException.of(ProblemKind.PAYLOAD_TOO_LARGE, detail);
            case UNKNOWN_ENCODING ->
                    ProblemException.of(ProblemKind.UNSUPPORTED_MEDIA_TYPE, detail);
            case MALFORMED ->
                    ProblemException.invalid(e.pointer(), "body_malformed", detail, remedy);
        };
    }
}
