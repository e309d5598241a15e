package dev.vedette.dashboard;

import io.quarkus.qute.i18n.MessageBundle;

/**
 * The words around every page, of the door, and of the drawings: those that stand in templates.
 * Each is in {@code ui/messages/common_en.properties} and {@code common_de.properties}.
 */
@MessageBundle(value = "common", locale = "en")
interface CommonTexts {
    String skip();

    String pages();

    String placeHolder();

    String jumpTo();

    String timesIn(String zone);

    String deviceZone();

    String otherZone();

    String zoneHead();

    String zoneName();

    String zoneHint();

    String useIt();

    String lightDark();

    String signOut();

    String furtherPages();

    String thumbPages();

    String navWatch();

    String navIncidents();

    String navAlerts();

    String navPayments();

    String navThresholds();

    String navBacktests();

    String navExplore();

    String navBackfills();

    String navAdmin();

    String keysAt();

    String keys();

    String keyJump();

    String keyGo();

    String keyRows();

    String keyWindow();

    String keyWider();

    String keyTables();

    String keyTake();

    String keyVerdict();

    String keyCode();

    String keyPayment();

    String keyArrows();

    String keyLanes();

    String keyClose();

    String close();

    String keysOff();

    String weekStrip();

    String earlier();

    String later();

    String now();

    String live();

    String paused();

    String backToOverview();

    String refusedAs(int status, String request);

    String signInTitle();

    String signInLead();

    String userName();

    String password();

    String signIn();

    String signInWith(String provider);

    String signedOutTitle();

    String signedOutLead();

    String providerEndsNext(String provider);

    String goOn();

    String alarms();

    String lanesKeys(String label);

    String asTable(String label);

    String highest(String score, String name);

    String shareNow(String now, String top);

    String countNow(String now, String top);

    String peak();

    String alarmsHead();

    String shareOfSeries();

    String shareHint();

    String nowAfter();

    String countOfSeries();

    String countHint();

    String where();

    String highestScore();

    String hundredths();

    String rampSteps();

    String rampQuiet();

    String rampStrange();

    String scoreAndThreshold();

    String threshold();

    String chart();

    String table();

    String chartAsTable();

    String time();

    String value();

    String usual();

    String asCode();

    String copy();

    String save();

    String delete();

    String noneYet();

    String asUsual();

    String start();

    String score();

    String kind();

    String state();

    String node();

    String cluster();

    String metric();

    String engine();

    String name();

    String more();

    String older();

    String show();

    String series();

    String csv();

    String png();

    String instead();

    String sendTest();

    String exactNames();

    String from(String zone);

    String to(String zone);

    String language();

    String jsLiveAgo();

    String jsReconnecting();

    String jsCritical();

    String jsWarning();

    String jsNoted();

    String jsQuiet();

    String jsNoData();

    String jsScore();

    String jsWhatMoved();

    String jsOpens();

    String jsKeysOn();

    String jsMarked();

    String jsCopied();
}
