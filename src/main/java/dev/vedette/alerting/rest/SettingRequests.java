package dev.vedette.alerting.rest;

import dev.vedette.alerting.AlertSettings;
import dev.vedette.alerting.Setting;
import dev.vedette.http.CurrentCaller;
import dev.vedette.http.Cursors;
import dev.vedette.http.EntityTags;
import dev.vedette.http.Page;
import dev.vedette.http.Pages;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;

/** What requests for routes, channels and silences of the caller's tenant have in common. */
@ApplicationScoped
class SettingRequests {
    private final CurrentCaller current;
    private final AlertSettings settings;
    private final Cursors cursors;

    SettingRequests(CurrentCaller current, AlertSettings settings, Cursors cursors) {
        this.current = current;
        this.settings = settings;
        this.cursors = cursors;
    }

    /** One page of a kind, by name. */
    <T> Uni<Page<T>> page(
            Setting.Kind kind, int limit, Optional<String> cursor, Function<Setting, T> shown) {
        TenantId tenant = current.tenant();
        int most = Pages.limit(limit);
        List<String> question = List.of(kind.label(), tenant.value());
        Optional<String> after = cursors.decode(question, cursor).map(List::getFirst);
        return settings.list(tenant, kind, after, most + 1)
                .map(rows ->
                        Page.of(
                                rows,
                                most,
                                shown,
                                last -> cursors.encode(question, List.of(last.name()))));
    }

    /** The one of that name; fails with 404 when there is none. */
    Uni<Setting> find(Setting.Kind kind, String name) {
        return settings.find(current.tenant(), kind, name);
    }

    /**
     * Changes the one of that name; fails with 404 when there is none, and then with 428 or 412
     * when the entity tag is missing or is none.
     *
     * @param change given the revision that the caller has seen
     */
    <T> Uni<T> change(
            Setting.Kind kind, String name, Optional<String> ifMatch, LongFunction<Uni<T>> change) {
        return find(kind, name)
                .chain(() -> change.apply(EntityTags.revision(ifMatch, kind.label(), name)));
    }

    /** Deletes the one of that name, as {@link #change} changes it. */
    Uni<Void> delete(Setting.Kind kind, String name, Optional<String> ifMatch) {
        return change(
                kind, name, ifMatch, seen -> settings.delete(current.caller(), kind, name, seen));
    }
}
