package dev.vedette.dashboard;

import dev.vedette.alerting.AlertSettings;
import dev.vedette.alerting.Setting;
import dev.vedette.http.CurrentCaller;
import dev.vedette.http.ProblemException;
import dev.vedette.tenant.Role;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** What the pages of routes and channels do alike with the one that is in the form. */
@ApplicationScoped
class StoredForms {
    private final AlertSettings settings;
    private final CurrentCaller caller;

    StoredForms(AlertSettings settings, CurrentCaller caller) {
        this.settings = settings;
        this.caller = caller;
    }

    /** The stored one of that name, if one is named and there. */
    Uni<Optional<Setting>> find(Setting.Kind kind, Optional<String> name) {
        return name.map(one ->
                        settings.find(caller.tenant(), kind, one)
                                .map(Optional::of)
                                .onFailure(ProblemException.class)
                                .recoverWithItem(Optional.empty()))
                .orElse(Uni.createFrom().item(Optional.empty()));
    }

    /** Deletes the one of the form if it still is as it was seen; fails if it is not. */
    Uni<Void> delete(Setting.Kind kind, Sent sent) {
        return settings.delete(caller.caller(), kind, sent.text("name"), sent.seen().orElse(0));
    }

    /**
     * The form that makes one, or changes the one that was seen.
     *
     * @param seen its revision; empty for a new one
     */
    SettingForm form(Setting.Kind kind, Sent sent, String seen, List<SettingForm.Group> groups) {
        Language language = sent.language();
        String what = kind.label();
        return new SettingForm(
                seen.isEmpty()
                        ? language.say("form." + what)
                        : language.say("rules.change", sent.text("name")),
                "/" + what + "s/save",
                seen,
                groups,
                "",
                caller.caller().may(Role.EDITOR)
                        ? ""
                        : language.say("form." + what + ".forEditors"));
    }
}
