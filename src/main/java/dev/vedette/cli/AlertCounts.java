package dev.vedette.cli;

/** What people would have been told of labelled nodes. Filled by {@link LabelledAlerts}. */
final class AlertCounts {
    int nodes;
    double nodeDays;
    int anomalies;
    int incidents;

    /** New messages: the rest changes one that is there. */
    int opened;

    int updated;

    /** Stretches that a label calls anomalous. */
    int events;

    /** Events of which people were told. */
    int found;

    /** New messages about an event. */
    int aboutEvents;

    /** Adds the figures to a report. */
    void report(BenchReport report) {
        report.add("replay_nodes", "nodes replayed", nodes);
        report.add("replay_node_days", "days of a node", nodeDays);
        report.add("replay_anomalies", "anomalies found on their series", anomalies);
        report.add("replay_incidents", "incidents they became", incidents);
        report.add("replay_messages", "new messages", opened);
        report.add("replay_updates", "messages updated in place", updated);
        report.add("replay_saved", "anomalies per new message", (double) anomalies / opened);
        report.add(
                "replay_messages_per_node_week",
                "new messages per node and week",
                opened / nodeDays * 7);
        report.add("replay_events", "labelled events", events);
        report.add("replay_events_told", "of which people were told", found);
        report.add(
                "replay_messages_per_event",
                "messages per event told",
                (double) aboutEvents / found);
        report.add(
                "replay_unlabelled", "new messages about nothing labelled", opened - aboutEvents);
    }
}
