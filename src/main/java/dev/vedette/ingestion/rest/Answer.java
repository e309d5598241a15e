package dev.vedette.ingestion.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.vedette.http.Problem;
import dev.vedette.ingestion.IntakeResult;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What became of the points of a request.
 *
 * @param accepted durable points
 * @param rejected refused points
 * @param duplicates accepted points replaced by a later one of the same series and time
 * @param gaps stretches without points noted inside the series
 * @param errors why points were refused; the first ones
 * @param errorsTruncated how many refusals are not listed
 */
@Schema(name = "IngestAnswer", description = "What became of the points of a request")
record Answer(
        @Schema(examples = "2") int accepted,
        @Schema(examples = "0") int rejected,
        @Schema(examples = "0") int duplicates,
        @Schema(examples = "0") int gaps,
        List<Problem.Violation> errors,
        @JsonProperty("errors_truncated") @JsonInclude(JsonInclude.Include.NON_DEFAULT)
                int errorsTruncated) {
    static Answer of(IntakeResult result) {
        return new Answer(
                result.accepted(),
                result.rejected(),
                result.duplicates(),
                result.gaps(),
                violations(result),
                result.untold());
    }

    static List<Problem.Violation> violations(IntakeResult result) {
        return result.refusals().stream()
                .map(refusal ->
                        new Problem.Violation(
                                refusal.pointer(),
                                refusal.reason().code(),
                                refusal.detail(),
                                refusal.reason().fix()))
                .toList();
    }
}
