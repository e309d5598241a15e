package dev.vedette.dashboard;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.ZoneId;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;

/**
 * How a browser likes its pages, kept in cookies: what the switches do where there is no script.
 */
@Path("/preferences")
public class Preferences {
    private static final int YEAR = 365 * 24 * 60 * 60;
    private static final Set<String> THEMES = Set.of("light", "dark");

    /**
     * Keeps a preference and goes back.
     *
     * @param theme {@code light} or {@code dark}
     * @param language {@code en} or {@code de}
     * @param zone the name of a time zone, as the browser's own; what is none changes nothing
     * @param back a path of this site
     */
    @POST
    @PermitAll
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response keep(
            @RestForm String theme,
            @RestForm String language,
            @RestForm String zone,
            @RestForm String back) {
        Response.ResponseBuilder answer = Response.seeOther(here(back));
        if (theme != null && THEMES.contains(theme)) {
            answer.cookie(cookie("theme", theme));
        }
        if (language != null && Language.ofTag(language).isPresent()) {
            answer.cookie(cookie("language", language));
        }
        if (zone != null) {
            TimeZones.named(zone).ifPresent(found -> answer.cookie(zone(found)));
        }
        return answer.build();
    }

    // Only paths of this site: a link that left it could lead anywhere.
    static URI here(String back) {
        boolean local = back != null && back.matches("/(?![/\\\\])[\\x21-\\x7e&&[^\\\\\"<>]]*");
        return URI.create(local ? back.replaceAll("[^\\w/?&=.:%~+-]", "") : "/");
    }

    /** The cookie that keeps a time zone. A plus of its name must not be read as a space. */
    static NewCookie zone(ZoneId zone) {
        return cookie("zone", Frames.encode(TimeZones.id(zone)));
    }

    private static NewCookie cookie(String name, String value) {
        return new NewCookie.Builder(name)
                .value(value)
                .path("/")
                .maxAge(YEAR)
                .sameSite(NewCookie.SameSite.LAX)
                .build();
    }
}
