package dev.vedette.detection;

/** The service stops, and a tick under way is given up: nothing of it is stored. */
final class TickGivenUpException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TickGivenUpException(int shard) {
        super("the service stops; a tick of shard " + shard + " is left to who takes it next");
    }
}
