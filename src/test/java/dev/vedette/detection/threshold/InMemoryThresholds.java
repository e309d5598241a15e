package dev.vedette.detection.threshold;

import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Rules in memory, every form they ever had, for tests. For one thread. */
public final class InMemoryThresholds implements ThresholdStore, ThresholdHistory {
    private record Form(TenantId tenant, ThresholdRule rule, boolean isDeleted) {}

    private final List<Form> forms = new ArrayList<>();
    private long revision;

    @Override
    public Uni<List<ThresholdRule>> list(TenantId tenant, Optional<String> after, int limit) {
        return Uni.createFrom()
                .item(
                        asOf(tenant, revision).rules().stream()
                                .filter(rule -> rule.name().compareTo(after.orElse("")) > 0)
                                .limit(limit)
                                .toList());
    }

    @Override
    public Uni<Optional<ThresholdRule>> find(TenantId tenant, String name) {
        return Uni.createFrom().item(current(tenant, name));
    }

    private Optional<ThresholdRule> current(TenantId tenant, String name) {
        return asOf(tenant, revision).rules().stream()
                .filter(rule -> rule.name().equals(name))
                .findFirst();
    }

    @Override
    public Uni<Optional<ThresholdRule>> before(TenantId tenant, String name, long before) {
        return Uni.createFrom()
                .item(
                        forms.stream()
                                .filter(form -> form.tenant().equals(tenant))
                                .filter(form -> form.rule().name().equals(name))
                                .filter(form -> form.rule().revision() < before)
                                .reduce((_, last) -> last)
                                .filter(form -> !form.isDeleted())
                                .map(Form::rule));
    }

    @Override
    public Uni<Outcome> put(TenantId tenant, Change change, OptionalLong expected, int most) {
        return Uni.createFrom().item(() -> stored(tenant, change, expected, most));
    }

    private Outcome stored(TenantId tenant, Change change, OptionalLong expected, int most) {
        Optional<ThresholdRule> current = current(tenant, change.name());
        if (isOther(current, expected)) {
            return new Outcome.Unexpected(current);
        }
        List<ThresholdRule> rules = asOf(tenant, revision).rules();
        for (ThresholdRule rule : rules) {
            if (rule.scope().equals(change.scope()) && !rule.name().equals(change.name())) {
                return new Outcome.SameScope(rule.name());
            }
        }
        if (current.isEmpty() && rules.size() >= most) {
            return new Outcome.Full(most);
        }
        return new Outcome.Stored(note(tenant, change, false), current.isEmpty());
    }

    @Override
    public Uni<Outcome> delete(TenantId tenant, String name, long expected, String by, Instant at) {
        Optional<ThresholdRule> current = current(tenant, name);
        if (isOther(current, OptionalLong.of(expected))) {
            return Uni.createFrom().item(new Outcome.Unexpected(current));
        }
        ThresholdRule old = current.orElseThrow();
        note(tenant, new Change(name, old.scope(), old.fields(), by, at), true);
        return Uni.createFrom().item(new Outcome.Deleted(old));
    }

    private static boolean isOther(Optional<ThresholdRule> current, OptionalLong expected) {
        return current.isPresent()
                ? expected.isEmpty() || expected.getAsLong() != current.get().revision()
                : expected.isPresent();
    }

    private ThresholdRule note(TenantId tenant, Change change, boolean isDeleted) {
        ThresholdRule rule =
                new ThresholdRule(
                        change.name(),
                        change.scope(),
                        change.fields(),
                        ++revision,
                        change.by(),
                        change.at());
        forms.add(new Form(tenant, rule, isDeleted));
        return rule;
    }

    @Override
    public long revision() {
        return revision;
    }

    @Override
    public Set<TenantId> changed(long after, long upTo) {
        Set<TenantId> changed = new HashSet<>();
        forms.stream()
                .filter(form -> form.rule.revision() > after && form.rule.revision() <= upTo)
                .forEach(form -> changed.add(form.tenant));
        return changed;
    }

    @Override
    public TenantRules asOf(TenantId tenant, long number) {
        Map<String, Form> newest = new HashMap<>();
        forms.stream()
                .filter(form -> form.tenant.equals(tenant) && form.rule.revision() <= number)
                .forEach(form -> newest.put(form.rule.name(), form));
        ZoneId zone = ZoneOffset.UTC;
        return new TenantRules(
                newest.values().stream()
                        .filter(form -> !form.isDeleted)
                        .map(Form::rule)
                        .sorted(Comparator.comparing(ThresholdRule::name))
                        .toList(),
                zone);
    }
}
