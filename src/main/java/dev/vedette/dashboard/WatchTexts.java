package dev.vedette.dashboard;

import io.quarkus.qute.i18n.MessageBundle;

/**
 * The words of the pages about metrics: overview, nodes, series, anomalies, incidents: those that
 * stand in templates. Each is in {@code ui/messages/watch_en.properties} and {@code
 * watch_de.properties}.
 */
@MessageBundle(value = "watch", locale = "en")
interface WatchTexts {
    String clusters();

    String scoreScale();

    String sinceYesterday();

    String lanesOf();

    String noData();

    String lanes();

    String nodesByTime();

    String metricsByTime();

    String byTime(String level);

    String showAll();

    String rankAll();

    String strangestNodes();

    String metricsOff();

    String ledBy();

    String firstMoved();

    String latestAnomalies();

    String noneBegan();

    String noMetrics();

    String noMetricsLead();

    String metrics();

    String strangestFirst();

    String nowHead();

    String noneInWindow();

    String unit();

    String lastValue();

    String seen();

    String noSeriesFits();

    String pastAgain();

    String valueAgainst();

    String whatWasAndWhy();

    String why();

    String askWhy();

    String timeIn(String zone);

    String ask();

    String itsAnomalies();

    String windowAndPlace();

    String everySeries();

    String riseShare();

    String peak();

    String level();

    String share();

    String worst();

    String noScoreRose();

    String noScoreRoseLead();

    String chooseWindow();

    String rank();

    String brushHint();

    String whereBelongs();

    String itsIncident();

    String what();

    String against();

    String since();

    String sure();

    String whatHappened();

    String whatWasAndHappened();

    String evidence();

    String tick060();

    String whatWasSeen();

    String part();

    String together();

    String siblings();

    String movedToo();

    String change();

    String moved();

    String whichIncidents();

    String whoWasTold();

    String whatHead();

    String reach();

    String lasted();

    String noIncident();

    String noIncidentLead();

    String incidents();

    String whatBelongs();

    String byOnset();

    String whatElse();

    String whoAndWhat();

    String whoHasIt();

    String whatYouKnow();

    String justSay();

    String isAnomaly();

    String wasIncident();

    String joinsSoon();

    String undo();

    String whatItWas();

    String cause();

    String commentHelps();

    String whatChanges();

    String undoAnyTime();

    String needsAnalyst();

    String whatFollows();

    String trySeven();

    String apply();

    String notNow();

    String needsEditor();

    String undoRule();

    String beside();

    String happened();
}
