package dev.vedette.alerting.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.vedette.alerting.ChannelForm;
import dev.vedette.alerting.Channels;
import dev.vedette.alerting.DeliveryQueries;
import dev.vedette.alerting.RouteForm;
import dev.vedette.alerting.Setting;
import dev.vedette.alerting.SilenceForm;
import dev.vedette.http.ApiTime;
import dev.vedette.http.EntityTags;
import dev.vedette.http.TimeFormat;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.RestResponse;

/** How stored settings look in the API. */
final class SettingJson {
    private SettingJson() {}

    /** A stored route. Its revision is its entity tag. */
    @Schema(name = "StoredRoute")
    record StoredRoute(
            @JsonUnwrapped RouteForm route,
            @Schema(description = "All its channels failed several times in a row") boolean isDead,
            long revision,
            String changedBy,
            ApiTime changedAt) {
        static StoredRoute of(Setting setting, Map<String, DeliveryQueries.Health> health) {
            RouteForm form = RouteForm.of(setting);
            boolean isDead =
                    form.channels().stream()
                            .allMatch(channel ->
                                    Optional.ofNullable(health.get(channel))
                                            .map(DeliveryQueries.Health::isDead)
                                            .orElse(false));
            return new StoredRoute(
                    form, isDead, setting.revision(), setting.by(), time(setting.at()));
        }
    }

    /**
     * How a channel does.
     *
     * @param failures tries in a row that failed
     * @param isDead whether nothing has come through for several tries
     * @param said the last answer's words
     */
    @Schema(name = "ChannelHealth")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record HealthJson(
            Optional<ApiTime> deliveredAt,
            Optional<ApiTime> failedAt,
            int failures,
            boolean isDead,
            String said) {
        static HealthJson of(DeliveryQueries.Health health) {
            return new HealthJson(
                    health.deliveredAt().map(SettingJson::time),
                    health.failedAt().map(SettingJson::time),
                    health.failures(),
                    health.isDead(),
                    health.said());
        }
    }

    /**
     * A stored channel, without secrets.
     *
     * @param health empty before the first message
     * @param newSecret the signing secret that was made for it: told this once
     */
    @Schema(name = "StoredChannel")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record StoredChannel(
            @JsonUnwrapped ChannelForm channel,
            Optional<HealthJson> health,
            Optional<String> newSecret,
            long revision,
            String changedBy,
            ApiTime changedAt) {
        static StoredChannel of(
                Setting setting,
                Optional<DeliveryQueries.Health> health,
                Optional<String> newSecret) {
            return new StoredChannel(
                    Channels.shown(setting),
                    health.map(HealthJson::of),
                    newSecret,
                    setting.revision(),
                    setting.by(),
                    time(setting.at()));
        }
    }

    /** A stored silence. */
    @Schema(name = "StoredSilence")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record StoredSilence(
            @JsonUnwrapped SilenceForm silence,
            @Schema(description = "Until when it mutes at this moment")
                    Optional<ApiTime> activeUntil,
            long revision,
            String changedBy,
            ApiTime changedAt) {
        static StoredSilence of(Setting setting, Instant now) {
            var silence = dev.vedette.alerting.AlertSettings.silence(setting);
            boolean isExpired = silence.expiresAt().filter(end -> !end.isAfter(now)).isPresent();
            return new StoredSilence(
                    SilenceForm.of(silence),
                    isExpired
                            ? Optional.empty()
                            : silence.schedule().activeUntil(now).map(SettingJson::time),
                    setting.revision(),
                    setting.by(),
                    time(setting.at()));
        }
    }

    static ApiTime time(Instant instant) {
        return new ApiTime(instant, TimeFormat.RFC3339);
    }

    static <T> RestResponse<T> answer(RestResponse.Status status, T body, long revision) {
        return RestResponse.ResponseBuilder.create(status, body)
                .header("ETag", EntityTags.of(revision))
                .build();
    }
}
