package dev.vedette.detection.engine;

import java.util.Collection;

/** No engine has that id. */
public final class UnknownEngineException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With the id asked for and the ids there are. */
    public UnknownEngineException(String id, Collection<String> known) {
        super("there is no engine '" + id + "'; there are " + String.join(", ", known));
    }
}
