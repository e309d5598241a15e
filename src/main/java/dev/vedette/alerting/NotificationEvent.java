package dev.vedette.alerting;

import java.util.Locale;

/** Why people are told. */
public enum NotificationEvent {
    /** An incident began, or began again. */
    OPENED,
    /** What is known of it changed, or somebody took it. */
    UPDATED,
    /** Nobody took it in time. */
    ESCALATED,
    /** It still goes on. */
    REMINDED,
    /** It is over. */
    RESOLVED,
    /** A person tries a channel; there is no incident. */
    TEST;

    /** The event in the API, the database and messages: the name in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
