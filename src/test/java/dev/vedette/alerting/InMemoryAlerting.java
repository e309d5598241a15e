package dev.vedette.alerting;

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
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

/** Settings, alerts and deliveries in memory, for tests. */
public final class InMemoryAlerting
        implements SettingStore, AlertStore, DeliveryStore, DeliveryQueries {
    private record SettingName(TenantId tenant, Setting.Kind kind, String name) {}

    private record AlertName(TenantId tenant, String route, String group) {}

    private record Mark(TenantId tenant, UUID incident, Instant at) {}

    private record Lease(long epoch, Instant until) {}

    private final Map<SettingName, Setting> settings =
            new TreeMap<>(
                    Comparator.comparing((SettingName one) -> one.tenant.value())
                            .thenComparing(SettingName::kind)
                            .thenComparing(SettingName::name));
    private final Map<TenantId, Map<UUID, IncidentFacts>> incidents = new LinkedHashMap<>();
    private final List<Mark> due = new ArrayList<>();
    private final Map<AlertName, Alert> alerts = new LinkedHashMap<>();
    private final Map<UUID, Delivery> deliveries = new LinkedHashMap<>();
    private final Map<UUID, Lease> leases = new HashMap<>();
    private final Map<UUID, Instant> firstAt = new HashMap<>();
    private final Map<UUID, String> references = new HashMap<>();
    private final Map<SettingName, Health> health = new HashMap<>();
    private long last;

    /** Changes an incident, as the incident job does. */
    public synchronized void put(TenantId tenant, IncidentFacts facts) {
        incidents.computeIfAbsent(tenant, none -> new LinkedHashMap<>()).put(facts.id(), facts);
        due.add(new Mark(tenant, facts.id(), Instant.now()));
    }

    @Override
    public synchronized Uni<List<Setting>> list(
            TenantId tenant, Setting.Kind kind, Optional<String> after, int limit) {
        return Uni.createFrom()
                .item(
                        settings.entrySet().stream()
                                .filter(one ->
                                        one.getKey().tenant.equals(tenant)
                                                && one.getKey().kind == kind
                                                && one.getKey().name.compareTo(after.orElse(""))
                                                        > 0)
                                .map(Map.Entry::getValue)
                                .limit(limit)
                                .toList());
    }

    @Override
    public synchronized Uni<Optional<Setting>> find(
            TenantId tenant, Setting.Kind kind, String name) {
        return Uni.createFrom()
                .item(Optional.ofNullable(settings.get(new SettingName(tenant, kind, name))));
    }

    @Override
    public synchronized Uni<Outcome> put(
            TenantId tenant, Change change, OptionalLong expected, int most) {
        SettingName name = new SettingName(tenant, change.kind(), change.name());
        Optional<Setting> current = Optional.ofNullable(settings.get(name));
        Outcome outcome;
        long count =
                settings.keySet().stream()
                        .filter(one -> one.tenant.equals(tenant) && one.kind == change.kind())
                        .count();
        if (!isSeen(current, expected)) {
            outcome = new Outcome.Unexpected(current);
        } else if (current.isEmpty() && count >= most) {
            outcome = new Outcome.Full(most);
        } else {
            Setting stored =
                    new Setting(
                            change.kind(),
                            change.name(),
                            change.document(),
                            ++last,
                            change.by(),
                            change.at());
            settings.put(name, stored);
            outcome = new Outcome.Stored(stored, current.isEmpty());
        }
        return Uni.createFrom().item(outcome);
    }

    @Override
    public synchronized Uni<Outcome> delete(
            TenantId tenant, Setting.Kind kind, String name, long expected) {
        SettingName key = new SettingName(tenant, kind, name);
        Optional<Setting> current = Optional.ofNullable(settings.get(key));
        if (current.isEmpty() || !isSeen(current, OptionalLong.of(expected))) {
            return Uni.createFrom().item(new Outcome.Unexpected(current));
        }
        settings.remove(key);
        return Uni.createFrom().item(new Outcome.Deleted(current.get()));
    }

    private static boolean isSeen(Optional<Setting> current, OptionalLong expected) {
        return current.map(one -> expected.equals(OptionalLong.of(one.revision())))
                .orElse(expected.isEmpty());
    }

    @Override
    public synchronized int decideDue(
            int most, Instant now, Function<Case, AlertPlans.Decisions> decide) {
        Map<TenantId, Set<UUID>> touched = new LinkedHashMap<>();
        int taken = Math.min(most, due.size());
        List<Mark> changes = due.subList(0, taken);
        changes.forEach(one ->
                touched.computeIfAbsent(one.tenant, none -> new LinkedHashSet<>())
                        .add(one.incident));
        List<Map.Entry<AlertName, Alert>> looks =
                alerts.entrySet().stream()
                        .filter(one ->
                                one.getValue().lookAt().filter(at -> !at.isAfter(now)).isPresent())
                        .limit(most)
                        .toList();
        looks.forEach(one ->
                touched.computeIfAbsent(one.getKey().tenant, none -> new LinkedHashSet<>())
                        .addAll(one.getValue().incidents()));
        touched.forEach((tenant, ids) -> decide(tenant, ids, now, decide));
        changes.clear();
        return taken + looks.size();
    }

    private void decide(
            TenantId tenant,
            Set<UUID> touched,
            Instant now,
            Function<Case, AlertPlans.Decisions> decide) {
        List<Alert> own =
                alerts.entrySet().stream()
                        .filter(one -> one.getKey().tenant.equals(tenant))
                        .map(Map.Entry::getValue)
                        .toList();
        Set<UUID> ids = new LinkedHashSet<>(touched);
        own.forEach(alert -> ids.addAll(alert.incidents()));
        Map<UUID, IncidentFacts> known = incidents.getOrDefault(tenant, Map.of());
        Map<String, List<Instant>> loud = new HashMap<>();
        deliveries.values().stream()
                .filter(one -> one.tenant().equals(tenant) && Message.isLoud(one.event()))
                .filter(one -> one.plannedAt().isAfter(now.minus(AlertPlans.LOUD_FOR)))
                .forEach(one ->
                        loud.computeIfAbsent(one.route(), none -> new ArrayList<>())
                                .add(one.plannedAt()));
        AlertPlans.Decisions decisions =
                decide.apply(
                        new Case(
                                tenant,
                                settings.entrySet().stream()
                                        .filter(one -> one.getKey().tenant.equals(tenant))
                                        .map(Map.Entry::getValue)
                                        .filter(one -> one.kind() != Setting.Kind.CHANNEL)
                                        .toList(),
                                new AlertPlans.Moment(
                                        ids.stream()
                                                .filter(known::containsKey)
                                                .map(known::get)
                                                .toList(),
                                        own,
                                        loud,
                                        now)));
        decisions
                .alerts()
                .forEach(alert ->
                        alerts.put(new AlertName(tenant, alert.route(), alert.group()), alert));
        decisions
                .messages()
                .forEach(message ->
                        message.channels().forEach(channel -> plan(tenant, message, channel)));
    }

    private void plan(TenantId tenant, Message message, String channel) {
        if (message.event() != NotificationEvent.OPENED) {
            deliveries.replaceAll((id, one) ->
                    isSameThread(one, tenant, message.route(), message.group(), channel)
                                    && one.state() == Delivery.State.DUE
                                    && one.event() == NotificationEvent.UPDATED
                                    && !leases.containsKey(id)
                            ? with(
                                    one,
                                    Delivery.State.SUPERSEDED,
                                    one.attempts(),
                                    one.nextAt(),
                                    one.answer())
                            : one);
        }
        UUID id = Delivery.idOf(tenant, message, channel);
        deliveries.putIfAbsent(
                id,
                new Delivery(
                        tenant,
                        id,
                        ++last,
                        message.route(),
                        message.group(),
                        channel,
                        message.incident(),
                        message.event(),
                        message.revision(),
                        message.facts(),
                        message.at(),
                        Delivery.State.DUE,
                        0,
                        message.at(),
                        Optional.empty()));
    }

    private static boolean isSameThread(
            Delivery one, TenantId tenant, String route, String group, String channel) {
        return one.tenant().equals(tenant)
                && one.route().equals(route)
                && one.group().equals(group)
                && one.channel().equals(channel);
    }

    private static Delivery with(
            Delivery of,
            Delivery.State state,
            int attempts,
            Instant nextAt,
            Optional<Delivery.Said> answer) {
        return new Delivery(
                of.tenant(),
                of.id(),
                of.seq(),
                of.route(),
                of.group(),
                of.channel(),
                of.incident(),
                of.event(),
                of.revision(),
                of.facts(),
                of.plannedAt(),
                state,
                attempts,
                nextAt,
                answer);
    }

    @Override
    public synchronized List<Claim> claim(
            String owner, Instant now, Duration lease, int most, int mostOfChannel) {
        Instant clock = Instant.now();
        List<Claim> claims = new ArrayList<>();
        for (Delivery one : List.copyOf(deliveries.values())) {
            if (claims.size() < most && isReady(one, now, clock, mostOfChannel)) {
                Lease next =
                        new Lease(
                                Optional.ofNullable(leases.get(one.id()))
                                                .map(Lease::epoch)
                                                .orElse(last++)
                                        + 1,
                                clock.plus(lease));
                leases.put(one.id(), next);
                Delivery begun =
                        with(one, one.state(), one.attempts() + 1, one.nextAt(), one.answer());
                deliveries.put(one.id(), begun);
                claims.add(
                        new Claim(
                                begun,
                                next.epoch,
                                firstAt.computeIfAbsent(one.id(), id -> now),
                                Optional.ofNullable(
                                        settings.get(
                                                new SettingName(
                                                        one.tenant(),
                                                        Setting.Kind.CHANNEL,
                                                        one.channel()))),
                                reference(one),
                                Optional.empty()));
            }
        }
        return claims;
    }

    private boolean isReady(Delivery one, Instant now, Instant clock, int mostOfChannel) {
        boolean isFirst =
                deliveries.values().stream()
                        .noneMatch(before ->
                                isSameThread(
                                                before,
                                                one.tenant(),
                                                one.route(),
                                                one.group(),
                                                one.channel())
                                        && before.state() == Delivery.State.DUE
                                        && before.seq() < one.seq());
        long busy =
                deliveries.values().stream()
                        .filter(other ->
                                other.tenant().equals(one.tenant())
                                        && other.channel().equals(one.channel())
                                        && isLeased(other.id(), clock))
                        .count();
        return one.state() == Delivery.State.DUE
                && !one.nextAt().isAfter(now)
                && !isLeased(one.id(), clock)
                && isFirst
                && busy < mostOfChannel;
    }

    private boolean isLeased(UUID id, Instant clock) {
        return leases.containsKey(id) && leases.get(id).until.isAfter(clock);
    }

    private Optional<String> reference(Delivery of) {
        return deliveries.values().stream()
                .filter(one -> isSameThread(one, of.tenant(), of.route(), of.group(), of.channel()))
                .filter(one -> one.seq() < of.seq() && references.containsKey(one.id()))
                .max(Comparator.comparingLong(Delivery::seq))
                .map(one -> references.get(one.id()));
    }

    @Override
    public synchronized boolean settle(
            Claim claim, Answer answer, Instant at, Optional<Instant> retryAt) {
        UUID id = claim.delivery().id();
        Delivery one = deliveries.get(id);
        Lease lease = leases.get(id);
        if (one == null
                || lease == null
                || lease.epoch != claim.epoch()
                || one.state() != Delivery.State.DUE) {
            return false;
        }
        leases.remove(id);
        boolean isDelivered = answer instanceof Answer.Delivered;
        if (answer instanceof Answer.Delivered delivered) {
            delivered.reference().ifPresent(text -> references.put(id, text));
        }
        deliveries.put(
                id,
                with(
                        one,
                        isDelivered
                                ? Delivery.State.DELIVERED
                                : retryAt.isPresent() ? Delivery.State.DUE : Delivery.State.FAILED,
                        one.attempts(),
                        retryAt.orElse(one.nextAt()),
                        Optional.of(new Delivery.Said(answer.code(), answer.said(), at))));
        health.merge(
                new SettingName(one.tenant(), Setting.Kind.CHANNEL, one.channel()),
                new Health(
                        isDelivered ? Optional.of(at) : Optional.empty(),
                        isDelivered ? Optional.empty() : Optional.of(at),
                        isDelivered ? 0 : 1,
                        answer.said()),
                (old, now) ->
                        new Health(
                                now.deliveredAt().or(old::deliveredAt),
                                now.failedAt().or(old::failedAt),
                                now.failures() == 0 ? 0 : old.failures() + 1,
                                now.said()));
        return true;
    }

    @Override
    public synchronized Backlog backlog() {
        List<Delivery> open =
                deliveries.values().stream()
                        .filter(one -> one.state() == Delivery.State.DUE)
                        .toList();
        return new Backlog(
                open.size(),
                open.stream().map(Delivery::plannedAt).min(Instant::compareTo),
                due.stream()
                        .filter(mark -> hasRoutes(mark.tenant))
                        .map(Mark::at)
                        .min(Instant::compareTo),
                settings.entrySet().stream()
                        .filter(one -> one.getKey().kind == Setting.Kind.ROUTE)
                        .filter(one -> isDead(one.getKey().tenant, one.getValue()))
                        .count());
    }

    private boolean isDead(TenantId tenant, Setting setting) {
        Route route = AlertSettings.route(setting);
        return route.isOn()
                && route.channels().stream()
                        .map(name -> health.get(channel(tenant, name)))
                        .allMatch(one -> one != null && one.isDead());
    }

    private static SettingName channel(TenantId tenant, String name) {
        return new SettingName(tenant, Setting.Kind.CHANNEL, name);
    }

    private boolean hasRoutes(TenantId tenant) {
        return settings.keySet().stream()
                .anyMatch(one -> one.tenant.equals(tenant) && one.kind == Setting.Kind.ROUTE);
    }

    @Override
    public synchronized int forget(Instant before) {
        int count = deliveries.size();
        deliveries
                .values()
                .removeIf(one ->
                        one.state() != Delivery.State.DUE && one.plannedAt().isBefore(before));
        return count - deliveries.size();
    }

    @Override
    public synchronized Uni<List<Delivery>> list(
            TenantId tenant, Filter filter, Optional<Long> before, int limit) {
        return Uni.createFrom()
                .item(
                        deliveries.values().stream()
                                .filter(one -> one.tenant().equals(tenant))
                                .filter(one ->
                                        filter.incident().map(one.incident()::equals).orElse(true))
                                .filter(one -> filter.route().map(one.route()::equals).orElse(true))
                                .filter(one ->
                                        filter.channel().map(one.channel()::equals).orElse(true))
                                .filter(one -> filter.state().map(one.state()::equals).orElse(true))
                                .filter(one -> before.map(seq -> one.seq() < seq).orElse(true))
                                .sorted(Comparator.comparingLong(Delivery::seq).reversed())
                                .limit(limit)
                                .toList());
    }

    @Override
    public synchronized Uni<Optional<Delivery>> find(TenantId tenant, UUID id) {
        return Uni.createFrom()
                .item(
                        Optional.ofNullable(deliveries.get(id))
                                .filter(one -> one.tenant().equals(tenant)));
    }

    @Override
    public synchronized Uni<List<Alert>> alerts(TenantId tenant, UUID incident) {
        return Uni.createFrom()
                .item(
                        alerts.entrySet().stream()
                                .filter(one -> one.getKey().tenant.equals(tenant))
                                .map(Map.Entry::getValue)
                                .filter(alert -> alert.incidents().contains(incident))
                                .toList());
    }

    @Override
    public synchronized Uni<Optional<Delivery>> replay(TenantId tenant, UUID id, Instant now) {
        deliveries.computeIfPresent(
                id,
                (same, one) ->
                        one.tenant().equals(tenant) && one.state() != Delivery.State.DUE
                                ? with(one, Delivery.State.DUE, 0, now, one.answer())
                                : one);
        firstAt.remove(id);
        return find(tenant, id);
    }

    @Override
    public synchronized Uni<Map<String, Health>> health(TenantId tenant) {
        Map<String, Health> own = new HashMap<>();
        health.forEach((name, value) -> {
            if (name.tenant.equals(tenant)) {
                own.put(name.name, value);
            }
        });
        return Uni.createFrom().item(own);
    }
}
