package dev.vedette.alerting;

import dev.vedette.alerting.SettingStore.Change;
import dev.vedette.alerting.SettingStore.Outcome;
import dev.vedette.http.Audit;
import dev.vedette.http.Caller;
import dev.vedette.http.ProblemException;
import dev.vedette.http.ProblemKind;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Reads and changes routes, channels and silences of a tenant. A change holds within a second. */
@ApplicationScoped
public class AlertSettings {
    /** The most settings of a kind of a tenant. */
    public static final int MOST = 500;

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    private final SettingStore store;
    private final Audit audit;
    private final InstantSource clock;

    AlertSettings(SettingStore store, Audit audit, InstantSource clock) {
        this.store = store;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Refuses what is no name.
     *
     * @throws ProblemException when it is not 1 to 64 of a-z, 0-9, -, _ and .
     */
    public static String requireName(String pointer, String name) {
        if (!NAME.matcher(name).matches()) {
            throw Documents.refuse(
                    pointer,
                    "a name is 1 to 64 of a-z, 0-9, -, _ and ., and begins with a letter or digit",
                    "send a name such as on-call");
        }
        return name;
    }

    /** The tenant's settings of a kind by name, after that name. */
    public Uni<List<Setting>> list(
            TenantId tenant, Setting.Kind kind, Optional<String> after, int limit) {
        return store.list(tenant, kind, after, limit);
    }

    /** All of the tenant's routes and silences as they are now, ready to decide. */
    public Uni<AlertPlans> plans(TenantId tenant) {
        return Uni.combine().all().unis(routes(tenant), silences(tenant)).with(AlertPlans::new);
    }

    /** All of the tenant's routes. */
    public Uni<List<Route>> routes(TenantId tenant) {
        return store.list(tenant, Setting.Kind.ROUTE, Optional.empty(), MOST)
                .map(settings -> settings.stream().map(AlertSettings::route).toList());
    }

    /** All of the tenant's silences, those that are over included. */
    public Uni<List<Silence>> silences(TenantId tenant) {
        return store.list(tenant, Setting.Kind.SILENCE, Optional.empty(), MOST)
                .map(settings -> settings.stream().map(AlertSettings::silence).toList());
    }

    /** The route of a setting. */
    public static Route route(Setting setting) {
        return RouteForm.of(setting).read(setting.name());
    }

    /** The silence of a setting. */
    public static Silence silence(Setting setting) {
        SilenceForm form = SilenceForm.of(setting);
        return form.read(setting.name(), form.author().orElse(setting.by()), setting.at());
    }

    /** The setting of that name; fails with {@link ProblemKind#NOT_FOUND} when there is none. */
    public Uni<Setting> find(TenantId tenant, Setting.Kind kind, String name) {
        return store.find(tenant, kind, name)
                .map(found -> found.orElseThrow(() -> notFound(kind, name)));
    }

    /**
     * Stores a route of the caller's tenant.
     *
     * @param seen the revision the caller has seen; empty: it is meant to be new
     * @return fails with {@link ProblemException}: {@link ProblemKind#PRECONDITION_FAILED} when the
     *     stored one is another than the one seen, {@link ProblemKind#NOT_FOUND} when it is gone,
     *     {@link ProblemKind#CONFLICT} when a new one's name is taken or there are {@value #MOST}
     */
    public Uni<Setting> putRoute(Caller caller, String name, RouteForm form, OptionalLong seen) {
        form.read(requireName("/name", name));
        return put(caller, Setting.Kind.ROUTE, name, Documents.write(form.named(name)), seen);
    }

    /** Stores a silence of the caller's tenant, who is its author; fails as a route does. */
    public Uni<Setting> putSilence(
            Caller caller, String name, SilenceForm form, OptionalLong seen) {
        Silence silence = form.read(requireName("/name", name), caller.subject(), clock.instant());
        return put(
                caller, Setting.Kind.SILENCE, name, Documents.write(SilenceForm.of(silence)), seen);
    }

    /** Stores a document as {@link #putRoute} does. */
    Uni<Setting> put(
            Caller caller, Setting.Kind kind, String name, String document, OptionalLong seen) {
        TenantId tenant = caller.tenant().orElseThrow();
        Change change = new Change(kind, name, document, caller.subject(), clock.instant());
        return store.put(tenant, change, seen, MOST)
                .map(outcome -> {
                    if (outcome instanceof Outcome.Stored stored) {
                        audit.done(
                                caller,
                                kind.label() + (stored.isNew() ? ".create" : ".change"),
                                name);
                        return stored.setting();
                    }
                    throw refusal(kind, name, seen, outcome);
                });
    }

    /**
     * Deletes a setting of the caller's tenant; fails as a route does that is stored.
     *
     * @param seen the revision the caller has seen
     */
    public Uni<Void> delete(Caller caller, Setting.Kind kind, String name, long seen) {
        return store.delete(caller.tenant().orElseThrow(), kind, name, seen)
                .invoke(outcome -> {
                    if (!(outcome instanceof Outcome.Deleted)) {
                        throw refusal(kind, name, OptionalLong.of(seen), outcome);
                    }
                    audit.done(caller, kind.label() + ".delete", name);
                })
                .replaceWithVoid();
    }

    private static ProblemException refusal(
            Setting.Kind kind, String name, OptionalLong seen, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Unexpected(Optional<Setting> current) ->
                    current.map(one -> seen.isPresent() ? changed(one) : taken(kind, name))
                            .orElseGet(() -> notFound(kind, name));
            case Outcome.Full(int most) ->
                    ProblemException.of(
                            ProblemKind.CONFLICT,
                            "the tenant has " + most + " " + kind.label() + "s already");
            case Outcome.Stored _, Outcome.Deleted _ ->
                    throw new IllegalStateException("no refusal: " + outcome);
        };
    }

    private static ProblemException changed(Setting current) {
        return ProblemException.of(
                ProblemKind.PRECONDITION_FAILED,
                "the "
                        + current.kind().label()
                        + " '"
                        + current.name()
                        + "' is another than the one you saw: read it again and send its ETag, now \""
                        + current.revision()
                        + "\", as If-Match");
    }

    private static ProblemException taken(Setting.Kind kind, String name) {
        return ProblemException.of(
                ProblemKind.CONFLICT, "there is a " + kind.label() + " '" + name + "' already");
    }

    private static ProblemException notFound(Setting.Kind kind, String name) {
        String shown = name.length() > 64 ? "…" : name;
        return ProblemException.notFound(kind.label(), shown);
    }
}
