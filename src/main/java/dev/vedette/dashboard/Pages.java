package dev.vedette.dashboard;

import dev.vedette.http.Problem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The templates of {@code ui/templates/pages}, checked against their views by the build. */
@CheckedTemplate(basePath = "pages")
final class Pages {
    private Pages() {}

    /** The overview. */
    static native TemplateInstance overview(Frame frame, OverviewView view);

    /** One node. */
    static native TemplateInstance node(Frame frame, NodeView view);

    /** One anomaly. */
    static native TemplateInstance anomaly(Frame frame, AnomalyView view);

    /** What moved in a window. */
    static native TemplateInstance moved(Frame frame, MovedView view);

    /** In which time zone pages are read. */
    static native TemplateInstance zone(Frame frame, ZoneView view);

    /** One series. */
    static native TemplateInstance series(Frame frame, SeriesView view);

    /** The rules of detection. */
    static native TemplateInstance thresholds(Frame frame, ThresholdsView view);

    /** The list of incidents. */
    static native TemplateInstance incidents(Frame frame, IncidentsView view);

    /** One incident. */
    static native TemplateInstance incident(Frame frame, IncidentView view);

    /** Who was told, who hears, and what is muted. */
    static native TemplateInstance alerts(Frame frame, AlertsView view);

    /** Who hears of which incidents. */
    static native TemplateInstance routes(Frame frame, RoutesView view);

    /** Where messages go. */
    static native TemplateInstance channels(Frame frame, ChannelsView view);

    /** The list of decided transactions. */
    static native TemplateInstance transactions(Frame frame, TransactionsView view);

    /** The payments that wait for a person. */
    static native TemplateInstance reviews(Frame frame, ReviewView view);

    /** One decided transaction. */
    static native TemplateInstance transaction(Frame frame, TransactionView view);

    /** The rules about payments. */
    static native TemplateInstance rules(Frame frame, RulesView view);

    /** The models that judge payments. */
    static native TemplateInstance models(Frame frame, ModelsView view);

    /** A change on the past. */
    static native TemplateInstance backtests(Frame frame, BacktestView view);

    /** The list of backfills. */
    static native TemplateInstance backfills(Frame frame, BackfillsView view);

    /** The list of series. */
    static native TemplateInstance explore(Frame frame, ExploreView view);

    /** What the tenant uses of what it may. */
    static native TemplateInstance usage(Frame frame, UsageView view);

    /** What comes in, and what is refused. */
    static native TemplateInstance intake(Frame frame, IntakeView view);

    /** Which series are judged yet. */
    static native TemplateInstance detectors(Frame frame, DetectorsView view);

    /** The tenant's API keys. */
    static native TemplateInstance keys(Frame frame, KeysView view);

    /** The people of the tenant. */
    static native TemplateInstance users(Frame frame, UsersView view);

    /** Who changed what. */
    static native TemplateInstance audit(Frame frame, AuditView view);

    /** All tenants of the platform. */
    static native TemplateInstance tenants(Frame frame, TenantsView view);

    /** A page that is not there, in a sentence. */
    static native TemplateInstance lost(Frame frame, String headline, String lead);

    /** What was asked for is refused. {@code wrong} is why, as a sentence. */
    static native TemplateInstance refused(
            Language language, String theme, String wrong, Problem problem);

    /**
     * The door. {@code self} leads back to it; {@code wrong} is what went wrong the last time,
     * empty at first.
     */
    static native TemplateInstance signIn(
            Language language, String theme, String self, Door door, String name, String wrong);

    /** Signed out here; the session at the provider ends at that address. */
    static native TemplateInstance signedOut(
            Language language, String theme, String provider, String href);
}
