package dev.vedette.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.prometheus.client.exemplars.DefaultExemplarSampler;
import io.prometheus.client.exemplars.ExemplarSampler;
import io.quarkus.arc.Unremovable;
import io.quarkus.micrometer.runtime.export.exemplars.OpenTelemetryContextUnwrapper;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts tracing together from its settings. */
@Singleton
class TracingBeans {
    private static final long SHUTDOWN_SECONDS = 5;
    private static final TraceExemplars EXEMPLARS = new TraceExemplars();

    private Optional<OpenTelemetrySdk> running = Optional.empty();

    @Produces
    @Singleton
    synchronized Tracing tracing(
            TracingConfig config,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        if (!config.enabled()) {
            return Tracing.OFF;
        }
        OpenTelemetrySdk telemetry =
                OpenTelemetrySdk.builder().setTracerProvider(spans(config, version)).build();
        running = Optional.of(telemetry);
        return new Tracing(telemetry);
    }

    /** Sends what is still to be sent. */
    synchronized void stop(@Observes ShutdownEvent stopping) {
        running.ifPresent(
                telemetry -> telemetry.shutdown().join(SHUTDOWN_SECONDS, TimeUnit.SECONDS));
    }

    private static SdkTracerProvider spans(TracingConfig config, String version) {
        OtlpHttpSpanExporterBuilder exporter =
                OtlpHttpSpanExporter.builder().setEndpoint(traces(config.endpoint()));
        config.authorization().ifPresent(value -> exporter.addHeader("Authorization", value));
        return SdkTracerProvider.builder()
                .setResource(
                        Resource.getDefault()
                                .merge(
                                        Resource.create(
                                                Attributes.of(
                                                        key("service.name"),
                                                        "vedette",
                                                        key("service.version"),
                                                        version,
                                                        key("service.instance.id"),
                                                        UUID.randomUUID().toString()))))
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(config.sampleRatio())))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter.build()).build())
                .build();
    }

    private static AttributeKey<String> key(String name) {
        return AttributeKey.stringKey(name);
    }

    /** Where spans are posted. */
    static String traces(String endpoint) {
        return endpoint + (endpoint.endsWith("/") ? "v1/traces" : "/v1/traces");
    }

    // In place of Quarkus's own, which has none without its extension for OpenTelemetry.
    @Produces
    @Singleton
    @Alternative
    @Priority(1)
    @Unremovable
    Optional<ExemplarSampler> exemplars(TracingConfig config) {
        return config.enabled()
                ? Optional.of(new DefaultExemplarSampler(EXEMPLARS))
                : Optional.empty();
    }

    @Produces
    @Singleton
    @Alternative
    @Priority(1)
    @Unremovable
    OpenTelemetryContextUnwrapper requests() {
        return EXEMPLARS;
    }
}
