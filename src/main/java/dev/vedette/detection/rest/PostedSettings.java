package dev.vedette.detection.rest;

import dev.vedette.detection.engine.DetectionSettings;
import dev.vedette.detection.engine.DetectionSettings.Direction;
import dev.vedette.http.ProblemException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Settings of detection in a request body; what is left out is as in live detection. */
@Schema(name = "DetectionSettings")
public record PostedSettings(
        @Schema(examples = "0.6") Optional<Double> threshold,
        @Schema(examples = "both") Optional<String> direction,
        Optional<Double> minAbsoluteDeviation,
        Optional<Double> minRelativeDeviation,
        @Schema(examples = "Europe/Berlin") Optional<String> zone) {

    /**
     * The settings, in place of those of live detection.
     *
     * @throws ProblemException when one is out of its range
     */
    public DetectionSettings over(DetectionSettings usual) {
        try {
            return new DetectionSettings(
                    threshold.orElse(usual.threshold()),
                    direction.map(PostedSettings::direction).orElse(usual.direction()),
                    minAbsoluteDeviation.orElse(usual.minAbsoluteDeviation()),
                    minRelativeDeviation.orElse(usual.minRelativeDeviation()),
                    zone.map(ZoneId::of).orElse(usual.zone()),
                    usual.holidays());
        } catch (DateTimeException e) {
            throw ProblemException.invalid(
                    "/config/zone",
                    "unknown_value",
                    "there is no such zone",
                    "send an IANA zone such as Europe/Berlin");
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(
                    "/config",
                    "out_of_range",
                    String.valueOf(e.getMessage()),
                    "send a value in the range");
        }
    }

    static Direction direction(String text) {
        return Arrays.stream(Direction.values())
                .filter(one -> one.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("direction must be above, below or both"));
    }
}
