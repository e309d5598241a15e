package dev.vedette.ingestion.otlp;

import static dev.vedette.ingestion.body.ProtobufReader.FIXED64;
import static dev.vedette.ingestion.body.ProtobufReader.LENGTH;
import static dev.vedette.ingestion.body.ProtobufReader.VARINT;
import static dev.vedette.ingestion.body.ProtobufReader.tagOf;

/**
 * Tags of the fields that are read (open-telemetry/opentelemetry-proto 1.x,
 * metrics/v1/metrics.proto, common/v1/common.proto, resource/v1/resource.proto).
 */
final class OtlpFields {
    static final int REQUEST_RESOURCE_METRICS = tagOf(1, LENGTH);
    static final int RESOURCE_METRICS_RESOURCE = tagOf(1, LENGTH);
    static final int RESOURCE_METRICS_SCOPES = tagOf(2, LENGTH);
    static final int RESOURCE_ATTRIBUTES = tagOf(1, LENGTH);
    static final int SCOPE_METRICS_SCOPE = tagOf(1, LENGTH);
    static final int SCOPE_METRICS_METRICS = tagOf(2, LENGTH);
    static final int SCOPE_NAME = tagOf(1, LENGTH);

    static final int METRIC_NAME = tagOf(1, LENGTH);
    static final int METRIC_UNIT = tagOf(3, LENGTH);
    static final int METRIC_GAUGE = tagOf(5, LENGTH);
    static final int METRIC_SUM = tagOf(7, LENGTH);
    static final int METRIC_HISTOGRAM = tagOf(9, LENGTH);
    static final int METRIC_EXPONENTIAL = tagOf(10, LENGTH);
    static final int METRIC_SUMMARY = tagOf(11, LENGTH);

    static final int DATA_POINTS = tagOf(1, LENGTH);
    static final int TEMPORALITY = tagOf(2, VARINT);
    static final long DELTA = 1;

    static final int POINT_TIME = tagOf(3, FIXED64);
    static final int NUMBER_DOUBLE = tagOf(4, FIXED64);
    static final int NUMBER_INT = tagOf(6, FIXED64);
    static final int NUMBER_ATTRIBUTES = tagOf(7, LENGTH);
    static final int NUMBER_FLAGS = tagOf(8, VARINT);
    static final int NUMBER_EXEMPLARS = tagOf(5, LENGTH);

    static final int COUNT = tagOf(4, FIXED64);
    static final int SUM = tagOf(5, FIXED64);
    static final int HISTOGRAM_COUNTS = tagOf(6, LENGTH);
    static final int HISTOGRAM_BOUNDS = tagOf(7, LENGTH);
    static final int HISTOGRAM_ATTRIBUTES = tagOf(9, LENGTH);
    static final int HISTOGRAM_FLAGS = tagOf(10, VARINT);
    static final int EXPONENTIAL_ATTRIBUTES = tagOf(1, LENGTH);
    static final int SUMMARY_QUANTILES = tagOf(6, LENGTH);
    static final int QUANTILE = tagOf(1, FIXED64);
    static final int QUANTILE_VALUE = tagOf(2, FIXED64);

    /** The flag of a point that says there is no value, as when a series ended. */
    static final long NO_RECORDED_VALUE = 1;

    static final int KEY = tagOf(1, LENGTH);
    static final int VALUE = tagOf(2, LENGTH);
    static final int ANY_STRING = tagOf(1, LENGTH);
    static final int ANY_BOOL = tagOf(2, VARINT);
    static final int ANY_INT = tagOf(3, VARINT);
    static final int ANY_DOUBLE = tagOf(4, FIXED64);
    static final int ANY_ARRAY = tagOf(5, LENGTH);
    static final int ANY_MAP = tagOf(6, LENGTH);
    static final int ANY_BYTES = tagOf(7, LENGTH);
    static final int VALUES = tagOf(1, LENGTH);

    private OtlpFields() {}
}
