package dev.vedette.ingestion.source;

/** What is said of a source whose settings are not enough. */
final class SourceSettings {
    private SourceSettings() {}

    static IllegalArgumentException missing(String source, String setting) {
        return new IllegalArgumentException("source '" + source + "' needs a " + setting);
    }
}
