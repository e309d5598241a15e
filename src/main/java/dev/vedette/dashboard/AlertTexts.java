package dev.vedette.dashboard;

import io.quarkus.qute.i18n.MessageBundle;

/**
 * The words of the pages about messages, mutes, thresholds, backtests and backfills: those that
 * stand in templates. Each is in {@code ui/messages/alert_en.properties} and {@code
 * alert_de.properties}.
 */
@MessageBundle(value = "alert", locale = "en")
interface AlertTexts {
    String muteIncidents();

    String whatTold();

    String when();

    String incident();

    String becauseIt();

    String channel();

    String became();

    String sendAgain();

    String nothingSent();

    String standHere();

    String whoHears();

    String firstRoute();

    String route();

    String incidents();

    String channels();

    String nobody();

    String whatMuted();

    String whySaid();

    String endIt();

    String nothing();

    String muteAWhile();

    String suchAs();

    String why();

    String hours();

    String wouldMute();

    String mute();

    String overTold();

    String muteRole();

    String tabsLabel();

    String messages();

    String routes();

    String answered();

    String test();

    String answer();

    String came();

    String didNotCome();

    String channelForm();

    String channelKind();

    String channelLead();

    String secretOnce();

    String leadsTo();

    String lately();

    String noChannel();

    String noChannelLead();

    String routeForm();

    String inOrder();

    String how();

    String noRoute();

    String noRouteLead();

    String ruleForm();

    String rules();

    String mostSpecific();

    String rule();

    String about();

    String sets();

    String changed();

    String nothingSet();

    String ruleSays();

    String wouldChange();

    String alarmsNow();

    String then();

    String trySeven();

    String backtest();

    String takesEffect();

    String family();

    String any();

    String wholeNode();

    String metricPattern();

    String budget();

    String orScore();

    String side();

    String above();

    String below();

    String both();

    String offUnit();

    String offPercent();

    String rollBack();

    String allRules();

    String asIsAndWith();

    String alarms();

    String ofJudged();

    String ofReal();

    String alarmByAlarm();

    String asItIs();

    String none();

    String withChange();

    String nothingRun();

    String nothingRunLead();

    String theChange();

    String daysUpToNow();

    String apply();

    String applying();

    String mayRun();

    String backfillLead();

    String asked();

    String range();

    String what();

    String done();

    String anomalies();

    String neverAgain();

    String runState(String state);

    String shareDone();

    String cancel();

    String earlierRuns();

    String change();

    String past();

    String runAll();

    String quickLook();
}
