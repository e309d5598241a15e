package dev.vedette.dashboard;

import dev.vedette.http.ApiKey;
import dev.vedette.tenant.Role;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Makes the page of API keys from what is stored. */
final class KeyMaker {
    private static final List<String> ROLES =
            List.of(
                    Role.INGEST.claim(),
                    Role.VIEWER.claim(),
                    Role.ANALYST.claim(),
                    Role.EDITOR.claim(),
                    Role.ADMIN.claim());

    private final Clock clock;
    private final Language language;

    KeyMaker(Clock clock) {
        this.clock = clock;
        this.language = clock.language();
    }

    /** The form that makes a key, filled with what was sent. */
    static SettingForm form(Sent sent) {
        FieldMaker fields = new FieldMaker(sent, "key");
        return SettingForm.of(
                fields.title(),
                "/admin/keys/save",
                SettingForm.Group.of(
                        "",
                        fields.text("name"),
                        fields.several("roles", ROLES),
                        fields.text("days")));
    }

    /** The field that a pointer of the API is about. */
    static String field(String pointer) {
        return pointer.equals("/expires_at") ? "days" : Sent.field(pointer);
    }

    /** The page. */
    KeysView view(List<ApiKey> keys, String newSecret, String problem, SettingForm form) {
        long live = keys.stream().filter(key -> key.isLive(clock.now())).count();
        return new KeysView(
                language.say("keys.accepted", live, language.firstCount(live)),
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
                key.lastUsedAt().map(clock::at).orElse(language.say("keys.never")),
                state(key),
                key.isLive(clock.now()));
    }

    private String state(ApiKey key) {
        return key.revokedAt()
                .map(at -> language.say("keys.revoked", clock.at(at)))
                .or(() ->
                        key.expiresAt()
                                .map(at ->
                                        language.say(
                                                at.isAfter(clock.now())
                                                        ? "keys.until"
                                                        : "keys.ended",
                                                clock.dayTime(at))))
                .orElse(language.say("keys.valid"));
    }
}
