package dev.vedette.detection;

import dev.vedette.detection.engine.EngineRegistry;

/**
 * What judging takes beside the points; framework-free and shared by all shards.
 *
 * @param engines makes evaluators
 * @param settings what was set for a series
 * @param history stored points, when a snapshot is lost
 * @param explainer says an anomaly in words
 * @param listener told of failures and rebuilt states
 * @param judges whether points are judged; when not they are only written into blocks
 * @param siblings what new series begin with
 */
record Evaluation(
        EngineRegistry engines,
        SettingsSource settings,
        SeriesHistory history,
        AnomalyExplainer explainer,
        DetectionListener listener,
        boolean judges,
        SiblingKnowledge siblings) {
    /** One that judges and learns. */
    Evaluation(
            EngineRegistry engines,
            SettingsSource settings,
            SeriesHistory history,
            AnomalyExplainer explainer,
            DetectionListener listener) {
        this(engines, settings, history, explainer, listener, true, new SiblingKnowledge(true));
    }
}
