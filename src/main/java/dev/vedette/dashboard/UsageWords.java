package dev.vedette.dashboard;

import dev.vedette.http.UsageReport;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says in words and bars what a tenant uses. */
final class UsageWords {
    // From here on somebody should ask for more.
    private static final double NEAR = 0.8;

    private UsageWords() {}

    /** The page of one tenant. */
    static UsageView view(String tenant, UsageReport report) {
        return new UsageView(
                headline(tenant, report),
                List.of(series(report), points(report)),
                List.of(
                        new UsageView.Fact(
                                "Storage a day",
                                bytes(report.bytesPerDay()),
                                "points of the last 24 hours, without indexes and roll-ups"),
                        new UsageView.Fact(
                                "Storage in all",
                                bytes(report.estimatedBytes()),
                                "if every day was like the last; points are kept "
                                        + Clock.span(report.retention())),
                        new UsageView.Fact(
                                "Anomalies",
                                Figures.whole(report.anomalies()),
                                "that began during the last 24 hours"),
                        new UsageView.Fact(
                                "Open incidents",
                                Figures.whole(report.openIncidents()),
                                "right now"),
                        new UsageView.Fact(
                                "Messages",
                                Figures.whole(report.messages()),
                                "about incidents, delivered during the last 24 hours")));
    }

    /** The series against their limit. */
    static UsageView.Quota series(UsageReport report) {
        return quota("Series", report.series(), 0);
    }

    /** The points a second against their limit. */
    static UsageView.Quota points(UsageReport report) {
        return quota(
                "Points a second",
                report.pointsPerSecond(),
                report.pointsPerSecond().used() < 10 ? 2 : 0);
    }

    /** A size in the unit that fits it. */
    static String bytes(long bytes) {
        double size = bytes;
        return Figures.of(Optional.of("bytes"), size).withUnit(size);
    }

    private static UsageView.Quota quota(String what, UsageReport.Quota quota, int decimals) {
        double ratio = quota.ratio();
        return new UsageView.Quota(
                what,
                new Figures(1, decimals, "").number(quota.used()),
                Figures.whole(Math.round(quota.limit())),
                percent(ratio),
                Svg.percent(Math.min(1, ratio)),
                ratio >= 1 ? "crit" : ratio >= NEAR ? "warn" : "quiet");
    }

    private static String percent(double ratio) {
        return ratio > 0 && ratio < 0.01
                ? "under 1 %"
                : String.format(Locale.ROOT, "%.0f %%", 100 * ratio);
    }

    private static String headline(String tenant, UsageReport report) {
        double most = Math.max(report.series().ratio(), report.pointsPerSecond().ratio());
        if (most >= 1) {
            return tenant + " is at its limit: more is refused.";
        }
        return most >= NEAR
                ? tenant + " is near its limit."
                : tenant + " has room: nothing is near its limit.";
    }
}
