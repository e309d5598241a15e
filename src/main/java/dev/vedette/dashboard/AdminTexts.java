package dev.vedette.dashboard;

import io.quarkus.qute.i18n.MessageBundle;

/**
 * The words of the pages of administration: those that stand in templates. Each is in {@code
 * ui/messages/admin_en.properties} and {@code admin_de.properties}.
 */
@MessageBundle(value = "admin", locale = "en")
interface AdminTexts {
    String administration();

    String usage();

    String ingestion();

    String detectors();

    String keys();

    String users();

    String audit();

    String tenants();

    String auditLead();

    String who();

    String whatSuchAs();

    String toWhat();

    String when();

    String what();

    String by();

    String request();

    String nothingToShow();

    String auditNames();

    String detectorLead();

    String enginesAtWork();

    String judged();

    String learning();

    String stillLearning();

    String lastReady();

    String judgedFrom();

    String noneWord();

    String noDetector();

    String noDetectorLead();

    String comesIn();

    String wayIn();

    String pointsASecond();

    String points();

    String refused();

    String last();

    String nothingCame();

    String senderNeeds();

    String whatRefused();

    String lastHour();

    String reason();

    String whatHelps();

    String silentFirst();

    String judgedDay();

    String lastJudged();

    String thatWas();

    String noNode();

    String noNodeLead();

    String revokeOne(String name);

    String revoke();

    String keyLead();

    String secretOnce();

    String key();

    String roles();

    String made();

    String used();

    String usedOfQuota();

    String noKey();

    String noKeyLead();

    String tenantLead();

    String tenant();

    String seriesMany();

    String storage();

    String openAndTold();

    String ofSeries(String share, String limit);

    String ofPoints(String share, String limit);

    String noTenant();

    String noTenantLead();

    String usageLead();

    String againstLimits();

    String dayLate();

    String of();

    String asBar();

    String share();

    String storageAlerts();

    String now();

    String meaning();

    String userForm();

    String userLead();

    String user();

    String role();

    String nobodyHere();

    String nobodyLead();
}
