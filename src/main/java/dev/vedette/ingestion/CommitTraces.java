package dev.vedette.ingestion;

import dev.vedette.tracing.SharedWork;
import dev.vedette.tracing.Tracing;
import io.opentelemetry.api.trace.SpanContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Shows a group commit in the traces of its requests, and lets each row it appends name those whose
 * points it holds: there the worker that reads the row goes on.
 */
final class CommitTraces {
    private CommitTraces() {}

    /** Begins the commit in the traces of those requests that have one. */
    static SharedWork begin(Tracing tracing, List<CommitRequest> group) {
        if (!tracing.isOn()) {
            return SharedWork.NONE;
        }
        return tracing.share(
                        "commit",
                        group.stream().map(CommitRequest::trace).flatMap(Optional::stream).toList())
                .set("vedette.requests", group.size())
                .set("vedette.points", group.stream().mapToLong(CommitRequest::points).sum());
    }

    /** The same batches with the commit's places in the traces of their requests. */
    static List<ShardBatch> mark(
            List<ShardBatch> batches, List<CommitRequest> group, SharedWork commit) {
        if (commit == SharedWork.NONE) {
            return batches;
        }
        Map<Integer, List<SpanContext>> places = new HashMap<>();
        for (CommitRequest request : group) {
            request.trace()
                    .flatMap(commit::placeIn)
                    .ifPresent(place ->
                            request.runs().stream()
                                    .map(run -> run.series().shard())
                                    .distinct()
                                    .forEach(shard ->
                                            places.computeIfAbsent(shard, _ -> new ArrayList<>())
                                                    .add(place)));
        }
        return batches.stream()
                .map(batch ->
                        new ShardBatch(
                                batch.shard(),
                                batch.points(),
                                places.getOrDefault(batch.shard(), List.of())))
                .toList();
    }
}
