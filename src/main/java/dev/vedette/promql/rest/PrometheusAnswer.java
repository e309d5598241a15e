package dev.vedette.promql.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The envelope of every answer of Prometheus' API.
 *
 * @param status success or error
 * @param data of a success
 * @param errorType of an error: bad_data, execution or unavailable
 * @param error what is wrong
 * @param warnings what is missing in the data
 */
@Schema(name = "PrometheusAnswer", description = "As Prometheus answers it")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PrometheusAnswer(
        @Schema(examples = "success") String status,
        @Schema(implementation = Object.class) Optional<Object> data,
        @JsonProperty("errorType") @Schema(examples = "bad_data") Optional<String> errorType,
        Optional<String> error,
        List<String> warnings) {
    static PrometheusAnswer of(Object data) {
        return of(data, List.of());
    }

    static PrometheusAnswer of(Object data, List<String> warnings) {
        return new PrometheusAnswer(
                "success", Optional.of(data), Optional.empty(), Optional.empty(), warnings);
    }

    static PrometheusAnswer error(String type, String error) {
        return new PrometheusAnswer(
                "error", Optional.empty(), Optional.of(type), Optional.of(error), List.of());
    }
}
