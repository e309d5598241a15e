package dev.vedette.detection.threshold;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MetricFamilyTest {
    @ParameterizedTest
    @CsvSource({
        "cpu_percent, percent, CPU",
        "node_load1, '', CPU",
        "system.cpu.utilization, 1, CPU",
        "CPUUtilization, Percent, CPU",
        "process_cpu_seconds_total, s, COUNTER",
        "memory_used, bytes, MEMORY",
        "jvm.heap.used, bytes, MEMORY",
        "container_memory_working_set_bytes, '', MEMORY",
        "disk_used_percent, percent, DISK",
        "node_filesystem_avail_bytes, bytes, DISK",
        "disk_read, bytes/s, THROUGHPUT",
        "disk_read_bytes, '', THROUGHPUT",
        "network_in, bytes/s, NETWORK",
        "net.rx, '', NETWORK",
        "p99_latency, ms, LATENCY",
        "http.server.request.duration, s, LATENCY",
        "responseTime, '', LATENCY",
        "checkout, ms, LATENCY",
        "uptime, s, OTHER",
        "requests, requests/s, THROUGHPUT",
        "orders_per_minute, '', THROUGHPUT",
        "queue, rps, THROUGHPUT",
        "http_requests_total, '', COUNTER",
        "http_request_errors_total, '', ERRORS",
        "errors, count, ERRORS",
        "loginFailures, '', ERRORS",
        "temperature, celsius, OTHER",
        "count_active, '', OTHER",
        "terror_level, '', OTHER"
    })
    void familyIsReadFromNameAndUnit(String name, String unit, MetricFamily family) {
        assertEquals(family, MetricFamily.of(name, unit, Map.of()));
    }

    @Test
    void labelsThatSayFailureMakeItErrors() {
        assertEquals(
                MetricFamily.ERRORS,
                MetricFamily.of("http_requests_total", "", Map.of("status", "503")));
        assertEquals(MetricFamily.ERRORS, MetricFamily.of("jobs", "", Map.of("outcome", "Failed")));
        assertEquals(
                MetricFamily.COUNTER,
                MetricFamily.of("http_requests_total", "", Map.of("status", "200")));
    }
}
