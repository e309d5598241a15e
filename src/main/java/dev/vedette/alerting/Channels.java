package dev.vedette.alerting;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.vedette.http.Caller;
import dev.vedette.http.ProblemException;
import dev.vedette.http.SecretBox;
import dev.vedette.tenant.TenantId;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Channels of a tenant, whose secrets are stored encrypted and come out for sending only. */
@ApplicationScoped
public class Channels {
    private final AlertSettings settings;
    private final SecretBox box;
    private final TargetCheck check;
    private final SecureRandom random = new SecureRandom();

    Channels(AlertSettings settings, AlertKeys keys, TargetCheck check) {
        this.settings = settings;
        this.check = check;
        this.box = new SecretBox(keys.seal());
    }

    /**
     * What is stored of a channel.
     *
     * @param shown its form without secrets
     * @param sealed all of it, encrypted for this channel of this tenant
     */
    @RegisterForReflection
    record Stored(
            @JsonProperty("shown") ChannelForm shown, @JsonProperty("sealed") String sealed) {}

    /**
     * A stored channel and what is told of it this once.
     *
     * @param setting as stored
     * @param newSecret the signing secret that was made for it; empty when it brought its own
     */
    public record Kept(Setting setting, Optional<String> newSecret) {}

    /** What people may see of a channel. */
    public static ChannelForm shown(Setting setting) {
        return Documents.read(setting.document(), Stored.class).shown().open(setting.name());
    }

    /**
     * Where a channel leads; empty when its secrets do not open, because the key is another than
     * the one they were stored with.
     */
    Optional<ChannelTarget> target(TenantId tenant, Setting setting) {
        return form(tenant, setting).map(ChannelForm::target);
    }

    private Optional<ChannelForm> form(TenantId tenant, Setting setting) {
        Stored stored = Documents.read(setting.document(), Stored.class);
        return box.open(stored.sealed(), place(tenant, setting.name()))
                .map(text -> Documents.read(text, ChannelForm.class));
    }

    /**
     * Stores a channel of the caller's tenant; fails as a route does, and at {@code /url} when
     * messages may not go there. Secrets that the form leaves out are kept as they were.
     *
     * @param seen the revision the caller has seen; empty: it is meant to be new
     */
    public Uni<Kept> put(Caller caller, String name, ChannelForm form, OptionalLong seen) {
        TenantId tenant = caller.tenant().orElseThrow();
        AlertSettings.requireName("/name", name);
        return seen.isEmpty()
                ? put(caller, name, form, Optional.empty(), seen)
                : settings.find(tenant, Setting.Kind.CHANNEL, name)
                        .chain(before -> put(caller, name, form, form(tenant, before), seen));
    }

    private Uni<Kept> put(
            Caller caller,
            String name,
            ChannelForm posted,
            Optional<ChannelForm> before,
            OptionalLong seen) {
        ChannelForm form = before.map(posted::or).orElse(posted);
        boolean needsSecret =
                form.kind().equals("webhook") && form.secrets().orElse(List.of()).isEmpty();
        Optional<String> made =
                needsSecret ? Optional.of(WebhookSignature.newSecret(random)) : Optional.empty();
        ChannelForm whole = made.map(secret -> form.with(List.of(secret))).orElse(form);
        ChannelTarget target = whole.target();
        TenantId tenant = caller.tenant().orElseThrow();
        Stored stored =
                new Stored(whole.open(name), box.seal(Documents.write(whole), place(tenant, name)));
        return check.require(target)
                .chain(() ->
                        settings.put(
                                caller, Setting.Kind.CHANNEL, name, Documents.write(stored), seen))
                .map(setting -> new Kept(setting, made));
    }

    private static String place(TenantId tenant, String name) {
        return tenant.value() + "/" + name;
    }

    /** Refuses a route's channels that there are not. */
    public Uni<Void> requireKnown(TenantId tenant, RouteForm form) {
        return settings.list(tenant, Setting.Kind.CHANNEL, Optional.empty(), AlertSettings.MOST)
                .invoke(known -> {
                    List<String> names = known.stream().map(Setting::name).toList();
                    require(names, "/channels", form.channels());
                    form.escalation()
                            .ifPresent(
                                    one -> require(names, "/escalation/channels", one.channels()));
                })
                .replaceWithVoid();
    }

    private static void require(List<String> known, String pointer, List<String> named) {
        for (String name : named) {
            if (!known.contains(name)) {
                throw ProblemException.invalid(
                        pointer,
                        "unknown_value",
                        "there is no channel '" + (name.length() > 64 ? "…" : name) + "'",
                        "make the channel first");
            }
        }
    }
}
