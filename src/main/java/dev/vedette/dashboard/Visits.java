package dev.vedette.dashboard;

import dev.vedette.http.CurrentCaller;
import dev.vedette.http.TenantDirectory;
import dev.vedette.tenant.Tenant;
import dev.vedette.tenant.TenantId;
import dev.vedette.tenant.TenantLimits;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;

/** Reads a request for a page: its tenant from the credential, its manners from its cookies. */
@ApplicationScoped
class Visits {
    private static final Set<String> THEMES = Set.of("light", "dark");

    // Stands where a page names the tenant; nothing is ever read of it.
    private static final Tenant PLATFORM =
            new Tenant(
                    new TenantId("platform"),
                    "Platform",
                    ZoneOffset.UTC,
                    TenantLimits.DEFAULT,
                    Instant.EPOCH);

    private final CurrentCaller caller;
    private final TenantDirectory tenants;
    private final InstantSource time;

    Visits(CurrentCaller caller, TenantDirectory tenants, InstantSource time) {
        this.caller = caller;
        this.tenants = tenants;
        this.time = time;
    }

    /**
     * The visit of that request.
     *
     * @param usual the length of the window when the link names none
     */
    Uni<Visit> of(RoutingContext context, Window.Length usual) {
        Rights rights = Rights.of(caller.caller());
        TenantId id = caller.tenant();
        return tenants.find(id)
                .map(found -> visit(context, usual, found.orElse(unnamed(id)), rights));
    }

    /** The same, also of the platform's administrator, who has no tenant to look at. */
    Uni<Visit> ofAnyone(RoutingContext context, Window.Length usual) {
        Rights rights = Rights.of(caller.caller());
        return rights.tenant()
                ? of(context, usual)
                : Uni.createFrom().item(() -> visit(context, usual, PLATFORM, rights));
    }

    private Visit visit(RoutingContext context, Window.Length usual, Tenant tenant, Rights rights) {
        Instant now = time.instant();
        boolean isAnswer = HttpMethod.POST.equals(context.request().method());
        Window asked = Window.of(query(context, "window"), query(context, "end"), usual, now);
        String table = query(context, "table").orElse(cookie(context, "table"));
        return new Visit(
                tenant,
                rights,
                new Clock(TimeZones.kept(cookie(context, "zone")), now, language(context)),
                isAnswer ? asked.still() : asked,
                theme(context),
                table.equals("on"),
                isNarrow(context),
                context.request().scheme() + "://" + context.request().authority(),
                isAnswer ? page(context.normalizedPath()) : context.normalizedPath(),
                Optional.ofNullable(context.request().query()).orElse(""));
    }

    // What a form is sent to stands below the page of the form, where links lead back to. What was
    // answered stays until it is read.
    private static String page(String action) {
        return action.substring(0, Math.max(1, action.lastIndexOf('/')));
    }

    /** The theme of the cookie; empty for what the system says. */
    static String theme(RoutingContext context) {
        String theme = cookie(context, "theme");
        return THEMES.contains(theme) ? theme : "";
    }

    /** The language of the cookie, else the best of those the browser asks for. */
    static Language language(RoutingContext context) {
        String accepted = context.request().getHeader("Accept-Language");
        return Language.of(cookie(context, "language"), accepted == null ? "" : accepted);
    }

    /** The value of that query parameter. */
    static Optional<String> query(RoutingContext context, String name) {
        return Optional.ofNullable(context.request().getParam(name)).filter(s -> !s.isBlank());
    }

    // Before the page has told its width, browsers on phones say so themselves.
    private static boolean isNarrow(RoutingContext context) {
        String width = cookie(context, "width");
        return width.isEmpty()
                ? "?1".equals(context.request().getHeader("Sec-CH-UA-Mobile"))
                : width.equals("narrow");
    }

    private static String cookie(RoutingContext context, String name) {
        Cookie cookie = context.request().getCookie(name);
        return cookie == null ? "" : URLDecoder.decode(cookie.getValue(), StandardCharsets.UTF_8);
    }

    private static Tenant unnamed(TenantId id) {
        return new Tenant(id, id.value(), ZoneOffset.UTC, TenantLimits.DEFAULT, Instant.EPOCH);
    }
}
