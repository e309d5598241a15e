package dev.vedette.dashboard;

import dev.vedette.http.UsageReport;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says in words and bars what a tenant uses. */
final class UsageWords {
    // From here on somebody should ask for more.
    private static final double NEAR = 0.8;

    private final Language language;

    UsageWords(Language language) {
        this.language = language;
    }

    /** The page of one tenant. */
    UsageView view(String tenant, UsageReport report) {
        return new UsageView(
                headline(tenant, report),
                List.of(series(report), points(report)),
                List.of(
                        fact("day", bytes(report.bytesPerDay())),
                        fact("all", bytes(report.estimatedBytes()), Clock.span(report.retention())),
                        fact("anomalies", Figures.whole(report.anomalies())),
                        fact("incidents", Figures.whole(report.openIncidents())),
                        fact("messages", Figures.whole(report.messages()))));
    }

    private UsageView.Fact fact(String what, String value, Object... meaning) {
        return new UsageView.Fact(
                language.say("usage." + what),
                value,
                language.say("usage." + what + ".meaning", meaning));
    }

    /** The series against their limit. */
    UsageView.Quota series(UsageReport report) {
        return quota("usage.series", report.series(), 0);
    }

    /** The points a second against their limit. */
    UsageView.Quota points(UsageReport report) {
        return quota(
                "usage.points",
                report.pointsPerSecond(),
                report.pointsPerSecond().used() < 10 ? 2 : 0);
    }

    /** A size in the unit that fits it. */
    String bytes(long bytes) {
        double size = bytes;
        return Figures.of(Optional.of("bytes"), size).in(language).withUnit(size);
    }

    /** Whether somebody should ask for more, if it is not too late. */
    static boolean isNear(UsageReport report) {
        return most(report) >= NEAR;
    }

    private static double most(UsageReport report) {
        return Math.max(report.series().ratio(), report.pointsPerSecond().ratio());
    }

    private UsageView.Quota quota(String what, UsageReport.Quota quota, int decimals) {
        double ratio = quota.ratio();
        return new UsageView.Quota(
                language.say(what),
                new Figures(1, decimals, "").in(language).number(quota.used()),
                Figures.whole(Math.round(quota.limit())),
                ratio > 0 && ratio < 0.01
                        ? language.say("usage.underOne")
                        : String.format(Locale.ROOT, "%.0f %%", 100 * ratio),
                Svg.percent(Math.min(1, ratio)),
                ratio >= 1 ? "crit" : ratio >= NEAR ? "warn" : "quiet");
    }

    private String headline(String tenant, UsageReport report) {
        double most = most(report);
        return language.say(
                most >= 1 ? "usage.full" : most >= NEAR ? "usage.near" : "usage.room", tenant);
    }
}
