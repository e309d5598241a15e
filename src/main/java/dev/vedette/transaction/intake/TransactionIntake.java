package dev.vedette.transaction.intake;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vedette.http.TenantDirectory;
import dev.vedette.ingestion.BrokerLog;
import dev.vedette.ingestion.PointQuota;
import dev.vedette.tenant.Tenant;
import dev.vedette.tenant.TenantId;
import dev.vedette.tenant.TenantLimits;
import dev.vedette.tracing.CurrentTrace;
import dev.vedette.transaction.DayPart;
import dev.vedette.transaction.ReceivedTransaction;
import dev.vedette.transaction.Transaction;
import dev.vedette.transaction.intake.DeadLetters.Letter;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.IntFunction;

/**
 * The one way in for transactions, whatever brought them: quota, schema, enrichment, and then to
 * the desk that decides here, or to the queue of the process that does. Thread-safe; never blocks.
 */
@ApplicationScoped
public class TransactionIntake {
    private final TenantDirectory tenants;
    private final Schemas schemas;
    private final PointQuota quota;
    private final DecisionDesk desk;
    private final TransactionQueue queue;
    private final DeadLetters letters;
    private final InstantSource clock;
    private final TransactionMetrics metrics;

    TransactionIntake(
            TenantDirectory tenants,
            Schemas schemas,
            PointQuota quota,
            DecisionDesk desk,
            TransactionQueue queue,
            DeadLetters letters,
            InstantSource clock,
            TransactionMetrics metrics) {
        this.tenants = tenants;
        this.schemas = schemas;
        this.quota = quota;
        this.desk = desk;
        this.queue = queue;
        this.letters = letters;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** What became of one item. */
    public sealed interface Result {
        /** It is durable. */
        record Taken(Handled handled) implements Result {}

        /** It was refused and put aside. */
        record Rejected(Refused why) implements Result {}
    }

    /**
     * Takes items in.
     *
     * @param tenant from the credential
     * @param items decoded, at most some thousands
     * @param source see {@link Letter#source()}
     * @return what became of each, in their order, once the accepted are durable; fails with {@link
     *     dev.vedette.ingestion.TooManyPointsException}, {@link TooManyWaitingException} or {@link
     *     dev.vedette.ingestion.StorageUnavailableException}, and then nothing is known to be
     *     stored
     */
    public Uni<List<Result>> take(TenantId tenant, List<JsonNode> items, String source) {
        return check(tenant, items, source).chain(checked -> store(items.size(), checked));
    }

    /**
     * Checks items and stores nothing, for who stores them with more in one transaction.
     *
     * @return what was found; fails as {@link #take} does
     */
    public Uni<Checked> check(TenantId tenant, List<JsonNode> items, String source) {
        Optional<SpanContext> trace = trace(tenant, items.size());
        return check(tenant, items, source, _ -> trace);
    }

    /**
     * The same for items of several messages.
     *
     * @param traces the place under which an item goes on, by its index; empty when it is not
     *     recorded
     */
    public Uni<Checked> check(
            TenantId tenant,
            List<JsonNode> items,
            String source,
            IntFunction<Optional<SpanContext>> traces) {
        return Uni.combine()
                .all()
                .unis(tenants.find(tenant), schemas.of(tenant))
                .with((owner, schema) -> {
                    quota.take(
                            tenant,
                            items.size(),
                            owner.map(Tenant::limits).orElse(TenantLimits.DEFAULT));
                    ZoneId zone = owner.map(Tenant::zone).orElse(ZoneOffset.UTC);
                    Instant now = clock.instant();
                    Checked checked =
                            new Reading(tenant, schema, zone, now, traces).read(items, source);
                    metrics.read(checked.accepted().size(), checked.refused());
                    return checked;
                });
    }

    /** Looked for at once: what follows may run on another request's thread. */
    private static Optional<SpanContext> trace(TenantId tenant, int items) {
        Optional<Span> request = CurrentTrace.span();
        request.ifPresent(span ->
                span.setAttribute("vedette.tenant", tenant.value())
                        .setAttribute("vedette.transactions", items));
        return request.map(Span::getSpanContext);
    }

    /**
     * Makes what was accepted durable where it waits for its decision, puts the refused aside and
     * moves the partitions it came from, all or none.
     *
     * @return completes once durable; fails with {@link
     *     dev.vedette.ingestion.PositionLostException} when another consumer has read on, and then
     *     nothing is stored, or with {@link dev.vedette.ingestion.StorageUnavailableException}
     */
    public Uni<Void> deliver(Checked checked, String group, List<BrokerLog.Move> moves) {
        return queue.deliver(checked, group, moves);
    }

    /** Reads items for one tenant. */
    private record Reading(
            TenantId tenant,
            TransactionSchema schema,
            ZoneId zone,
            Instant now,
            IntFunction<Optional<SpanContext>> traces) {
        Checked read(List<JsonNode> items, String source) {
            NavigableMap<Integer, ReceivedTransaction> accepted = new TreeMap<>();
            NavigableMap<Integer, Refused> refused = new TreeMap<>();
            List<Letter> letters = new ArrayList<>();
            for (int i = 0; i < items.size(); i++) {
                try {
                    accepted.put(i, received(items.get(i), traces.apply(i)));
                } catch (TransactionFault fault) {
                    refused.put(i, fault.refused());
                    if (letters.size() < DeadLetters.MOST_OF_REQUEST) {
                        letters.add(letter(items.get(i), source, fault.refused()));
                    }
                }
            }
            return new Checked(tenant, accepted, refused, letters);
        }

        private Letter letter(JsonNode item, String source, Refused why) {
            // PostgreSQL's text holds no U+0000, which JSON writes as \u0000 anyway
            String text = item.toString();
            String cut = text.substring(0, Math.min(DeadLetters.MOST_CHARACTERS, text.length()));
            return new Letter(UUID.randomUUID(), now, source, why, cut);
        }

        private ReceivedTransaction received(JsonNode item, Optional<SpanContext> trace)
                throws TransactionFault {
            Transaction transaction = new TransactionReader(schema, now).read(item);
            return new ReceivedTransaction(
                    tenant,
                    transaction,
                    now,
                    DayPart.of(transaction.time(), zone),
                    schema.version(),
                    trace);
        }
    }

    private Uni<List<Result>> store(int size, Checked checked) {
        // Put aside last: what a full desk refuses as a whole comes again, its bad items with it.
        return handOn(checked.accepted())
                .call(() -> putAside(checked))
                .map(handled -> results(size, handled, checked.refused()));
    }

    private Uni<Void> putAside(Checked checked) {
        return checked.letters().isEmpty()
                ? Uni.createFrom().voidItem()
                : letters.keep(checked.tenant(), checked.letters());
    }

    private static List<Result> results(
            int size, Map<Integer, Handled> handled, Map<Integer, Refused> refused) {
        List<Result> results = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            Handled taken = handled.get(i);
            Refused why = refused.get(i);
            if (taken != null) {
                results.add(new Result.Taken(taken));
            } else if (why != null) {
                results.add(new Result.Rejected(why));
            }
        }
        return results;
    }

    // All are of one tenant, so of one shard.
    private Uni<Map<Integer, Handled>> handOn(NavigableMap<Integer, ReceivedTransaction> accepted) {
        if (accepted.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        List<ReceivedTransaction> group = List.copyOf(accepted.values());
        int shard = desk.shardOf(group.getFirst());
        Uni<List<Handled>> handled =
                desk.offer(shard, group)
                        .map(decided -> Uni.createFrom().completionStage(decided))
                        .orElseGet(() -> enqueue(group, shard));
        return handled.map(all -> {
            Map<Integer, Handled> placed = new HashMap<>();
            accepted.keySet().forEach(place -> placed.put(place, all.get(placed.size())));
            return placed;
        });
    }

    private Uni<List<Handled>> enqueue(List<ReceivedTransaction> waiting, int shard) {
        return queue.add(waiting, shard)
                .map(fresh -> {
                    Set<ReceivedTransaction.Key> left = new HashSet<>(fresh);
                    // of two with one key in a request the second is the duplicate
                    return waiting.stream()
                            .map(one -> new Handled(one, !left.remove(one.key()), Optional.empty()))
                            .toList();
                });
    }
}
