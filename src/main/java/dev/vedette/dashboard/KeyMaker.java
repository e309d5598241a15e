package dev.vedette.dashboard;

import dev.vedette.http.ApiKey;
import dev.vedette.tenant.Role;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes the page of API keys from what is stored. */
final class KeyMaker {
    /** A form that nothing was written into. */
    static final Sent EMPTY = new Sent(Map.of());

    private static final List<String> ROLES =
            List.of(
                    Role.INGEST.claim(),
                    Role.VIEWER.claim(),
                    Role.ANALYST.claim(),
                    Role.EDITOR.claim(),
                    Role.ADMIN.claim());

    private final Clock clock;

    KeyMaker(Clock clock) {
        this.clock = clock;
    }

    /** The form that makes a key, filled with what was sent. */
    static SettingForm form(Sent sent) {
        return new SettingForm(
                "Make a key",
                "/admin/keys/save",
                "",
                List.of(
                        new SettingForm.Group(
                                "",
                                List.of(
                                        FormField.text("name", "Name", sent.text("name"))
                                                .hint("What will use it."),
                                        FormField.several(
                                                "roles", "Roles", sent.several("roles"), ROLES),
                                        FormField.text("days", "Ends after days", sent.text("days"))
                                                .hint("Empty: it does not end by itself.")))),
                "",
                "");
    }

    /** The field that a pointer of the API is about. */
    static String field(String pointer) {
        return pointer.equals("/expires_at") ? "days" : Sent.field(pointer);
    }

    /** The page. */
    KeysView view(List<ApiKey> keys, String newSecret, String problem, SettingForm form) {
        long live = keys.stream().filter(key -> key.isLive(clock.now())).count();
        return new KeysView(
                live == 0
                        ? "No key is accepted: machines cannot send or read yet."
                        : Words.sentence(Words.count(live))
                                + (live == 1 ? " key is accepted." : " keys are accepted."),
                keys.stream()
                        .sorted(
                                Comparator.comparing((ApiKey key) -> !key.isLive(clock.now()))
                                        .thenComparing(
                                                ApiKey::createdAt, Comparator.reverseOrder()))
                        .map(this::line)
                        .toList(),
                newSecret,
                problem,
                form);
    }

    private KeysView.Line line(ApiKey key) {
        return new KeysView.Line(
                key.id(),
                key.name(),
                key.roles().stream().map(Role::claim).sorted().collect(Collectors.joining(", ")),
                clock.at(key.createdAt()) + ", " + key.createdBy(),
                key.lastUsedAt().map(clock::at).orElse("never"),
                state(key),
                key.isLive(clock.now()));
    }

    private String state(ApiKey key) {
        return key.revokedAt()
                .map(at -> "revoked " + clock.at(at))
                .or(() ->
                        key.expiresAt()
                                .map(at ->
                                        (at.isAfter(clock.now()) ? "until " : "ended ")
                                                + clock.dayTime(at)))
                .orElse("accepted");
    }
}
