package dev.vedette.alerting.notifier;

import dev.vedette.alerting.ChannelKind;
import dev.vedette.alerting.ChannelTarget;

/** What a notifier says to a target of another channel: a mistake of this program. */
final class WrongTarget {
    private WrongTarget() {}

    /** The complaint of that notifier. */
    static IllegalArgumentException of(ChannelKind kind, ChannelTarget target) {
        return new IllegalArgumentException(
                "the notifier of " + kind.label() + " got a target of " + target.kind().label());
    }
}
