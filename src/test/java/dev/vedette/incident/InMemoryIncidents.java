package dev.vedette.incident;

import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Incidents in memory, for tests. */
public final class InMemoryIncidents implements IncidentStore, IncidentQueries {
    // Ids by their text, which is their order as unsigned bytes; UUID compares signed halves.
    private static final Comparator<Incident> NEWEST_FIRST =
            Comparator.comparing(Incident::startedAt)
                    .thenComparing(incident -> incident.id().toString())
                    .reversed();

    private record Name(TenantId tenant, UUID id) {}

    private final Map<Name, Symptom> anomalies = new HashMap<>();
    private final Map<Name, UUID> members = new HashMap<>();
    private final Map<Name, Incident> incidents = new HashMap<>();
    private final Map<Name, List<IncidentAction>> actions = new HashMap<>();
    private final Map<Name, Symptom> due = new LinkedHashMap<>();

    /** Stores an anomaly, or its newest state. */
    public void put(TenantId tenant, Symptom symptom) {
        Name name = new Name(tenant, symptom.anomaly());
        if (!symptom.equals(anomalies.put(name, symptom))) {
            due.put(name, symptom);
        }
    }

    /** Takes an anomaly away. */
    public void remove(TenantId tenant, UUID anomaly) {
        Name name = new Name(tenant, anomaly);
        Symptom gone = anomalies.remove(name);
        if (gone != null) {
            due.put(name, gone);
        }
    }

    @Override
    public int regroupDue(int most, Duration reach, Function<Surroundings, Regrouping> regroup) {
        Map<TenantId, List<Symptom>> taken = new LinkedHashMap<>();
        List<Name> names = due.keySet().stream().limit(most).toList();
        for (Name name : names) {
            taken.computeIfAbsent(name.tenant, tenant -> new ArrayList<>()).add(due.remove(name));
        }
        taken.forEach((tenant, changed) -> {
            Surroundings around = surroundings(tenant, changed, reach);
            write(around, regroup.apply(around));
        });
        return names.size();
    }

    private Surroundings surroundings(TenantId tenant, List<Symptom> changed, Duration reach) {
        Set<UUID> ids = new LinkedHashSet<>();
        changed.forEach(symptom -> ids.add(symptom.anomaly()));
        anomalies.forEach((name, symptom) -> {
            boolean near =
                    changed.stream()
                            .anyMatch(one ->
                                    one.clusterId().equals(symptom.clusterId())
                                            && !symptom.end().isBefore(one.start().minus(reach))
                                            && !symptom.start().isAfter(one.end().plus(reach)));
            if (near && name.tenant.equals(tenant)) {
                ids.add(symptom.anomaly());
            }
        });
        Set<UUID> touched = new LinkedHashSet<>();
        ids.forEach(id ->
                Optional.ofNullable(members.get(new Name(tenant, id))).ifPresent(touched::add));
        Map<UUID, UUID> before = new HashMap<>();
        members.forEach((name, incident) -> {
            if (name.tenant.equals(tenant) && touched.contains(incident)) {
                before.put(name.id, incident);
            }
        });
        ids.addAll(before.keySet());
        List<Symptom> symptoms =
                ids.stream()
                        .flatMap(id ->
                                Optional.ofNullable(anomalies.get(new Name(tenant, id))).stream())
                        .toList();
        return new Surroundings(tenant, symptoms, before);
    }

    private void write(Surroundings around, Regrouping regrouping) {
        TenantId tenant = around.tenant();
        around.before().keySet().forEach(anomaly -> members.remove(new Name(tenant, anomaly)));
        for (IncidentSummary summary : regrouping.incidents()) {
            summary.anomalies()
                    .forEach(anomaly -> members.put(new Name(tenant, anomaly), summary.id()));
            incidents.merge(
                    new Name(tenant, summary.id()),
                    first(tenant, summary),
                    InMemoryIncidents::updated);
        }
        regrouping
                .merged()
                .forEach((old, into) -> {
                    Incident gone = gone(tenant, old, IncidentStatus.MERGED, Optional.of(into));
                    gone.acknowledged()
                            .ifPresent(deed ->
                                    incidents.computeIfPresent(
                                            new Name(tenant, into),
                                            (name, heir) ->
                                                    heir.acknowledged().isPresent()
                                                            ? heir
                                                            : with(
                                                                    heir,
                                                                    Optional.of(deed),
                                                                    heir.resolved())));
                });
        regrouping
                .withdrawn()
                .forEach(old -> gone(tenant, old, IncidentStatus.WITHDRAWN, Optional.empty()));
    }

    private Incident gone(TenantId tenant, UUID id, IncidentStatus status, Optional<UUID> into) {
        return incidents.computeIfPresent(
                new Name(tenant, id),
                (name, i) -> {
                    Draft draft = new Draft(i);
                    draft.status = status;
                    draft.open = 0;
                    draft.mergedInto = into;
                    draft.version++;
                    return draft.incident();
                });
    }

    private static Incident first(TenantId tenant, IncidentSummary s) {
        Incident open =
                new Incident(
                        tenant,
                        s.id(),
                        s.title(),
                        IncidentStatus.OPEN,
                        s.origin(),
                        s.score(),
                        s.startedAt(),
                        s.lastAt(),
                        s.nodes(),
                        s.metrics(),
                        s.anomalies().size(),
                        s.open(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        1,
                        Instant.EPOCH,
                        Instant.EPOCH);
        return with(open, Optional.empty(), Optional.empty());
    }

    private static Incident updated(Incident old, Incident now) {
        Draft draft =
                new Draft(
                        with(
                                now,
                                old.open() == 0 && now.open() > 0
                                        ? Optional.empty()
                                        : old.acknowledged(),
                                now.anomalies() > old.anomalies()
                                        ? Optional.empty()
                                        : old.resolved()));
        draft.version = old.version();
        if (draft.incident().equals(old)) {
            return old;
        }
        draft.version++;
        return draft.incident();
    }

    private static Incident with(
            Incident i, Optional<Incident.Deed> acknowledged, Optional<Incident.Deed> resolved) {
        Draft draft = new Draft(i);
        draft.acknowledged = acknowledged;
        draft.resolved = resolved;
        draft.status = IncidentStatus.OPEN;
        if (i.open() == 0 || resolved.isPresent()) {
            draft.status = IncidentStatus.RESOLVED;
        } else if (acknowledged.isPresent()) {
            draft.status = IncidentStatus.ACKNOWLEDGED;
        }
        return draft.incident();
    }

    /** An incident of which some fields change. */
    private static final class Draft {
        private final Incident old;
        private IncidentStatus status;
        private int open;
        private Optional<Incident.Deed> acknowledged;
        private Optional<Incident.Deed> resolved;
        private Optional<UUID> mergedInto;
        private long version;

        Draft(Incident old) {
            this.old = old;
            this.status = old.status();
            this.open = old.open();
            this.acknowledged = old.acknowledged();
            this.resolved = old.resolved();
            this.mergedInto = old.mergedInto();
            this.version = old.version();
        }

        Incident incident() {
            return new Incident(
                    old.tenant(),
                    old.id(),
                    old.title(),
                    status,
                    old.origin(),
                    old.score(),
                    old.startedAt(),
                    old.lastAt(),
                    old.nodes(),
                    old.metrics(),
                    old.anomalies(),
                    open,
                    acknowledged,
                    resolved,
                    mergedInto,
                    version,
                    old.createdAt(),
                    old.changedAt());
        }
    }

    @Override
    public Uni<List<Incident>> list(
            TenantId tenant, Filter filter, Optional<Position> after, int limit) {
        return Uni.createFrom()
                .item(() ->
                        incidents.values().stream()
                                .filter(incident ->
                                        incident.tenant().equals(tenant) && fits(filter, incident))
                                .sorted(NEWEST_FIRST)
                                .filter(incident ->
                                        after.map(place -> isAfter(place, incident)).orElse(true))
                                .limit(limit)
                                .toList());
    }

    private boolean fits(Filter filter, Incident incident) {
        boolean alive =
                incident.status() != IncidentStatus.MERGED
                        && incident.status() != IncidentStatus.WITHDRAWN;
        return filter.from().map(from -> !incident.lastAt().isBefore(from)).orElse(true)
                && filter.to().map(incident.startedAt()::isBefore).orElse(true)
                && (filter.status().isEmpty() ? alive : filter.status().contains(incident.status()))
                && incident.score() >= filter.minScore()
                && filter.clusterId()
                        .map(cluster ->
                                symptoms(incident).stream()
                                        .anyMatch(s -> s.clusterId().equals(cluster)))
                        .orElse(true);
    }

    private static boolean isAfter(Position place, Incident incident) {
        int time = incident.startedAt().compareTo(place.startedAt());
        return time < 0
                || (time == 0 && incident.id().toString().compareTo(place.id().toString()) < 0);
    }

    private List<Symptom> symptoms(Incident incident) {
        return members.entrySet().stream()
                .filter(one ->
                        one.getValue().equals(incident.id())
                                && one.getKey().tenant.equals(incident.tenant()))
                .map(one -> anomalies.get(one.getKey()))
                .sorted(Symptom.BY_ONSET)
                .toList();
    }

    @Override
    public Uni<Optional<Detail>> find(TenantId tenant, UUID id) {
        return Uni.createFrom()
                .item(() ->
                        Optional.ofNullable(incidents.get(new Name(tenant, id)))
                                .map(incident ->
                                        new Detail(
                                                incident,
                                                symptoms(incident),
                                                actions.getOrDefault(
                                                        new Name(tenant, id), List.of()))));
    }

    @Override
    public Uni<Optional<Incident>> act(TenantId tenant, UUID id, IncidentAction action) {
        Name name = new Name(tenant, id);
        if (!incidents.containsKey(name)) {
            return Uni.createFrom().item(Optional.empty());
        }
        actions.computeIfAbsent(name, none -> new ArrayList<>()).add(action);
        Optional<Incident.Deed> deed = Optional.of(new Incident.Deed(action.actor(), action.at()));
        return Uni.createFrom()
                .item(
                        Optional.ofNullable(
                                incidents.computeIfPresent(
                                        name,
                                        (same, i) ->
                                                switch (action.kind()) {
                                                    case ACKNOWLEDGE ->
                                                            with(
                                                                    i,
                                                                    i.acknowledged().or(() -> deed),
                                                                    i.resolved());
                                                    case RESOLVE ->
                                                            with(
                                                                    i,
                                                                    i.acknowledged(),
                                                                    i.resolved().or(() -> deed));
                                                    case REOPEN ->
                                                            with(
                                                                    i,
                                                                    Optional.empty(),
                                                                    Optional.empty());
                                                    case COMMENT -> i;
                                                })));
    }
}
