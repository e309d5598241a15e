package dev.vedette.dashboard;

import io.quarkus.qute.i18n.MessageBundle;

/**
 * The words of the pages about payments, their rules and models: those that stand in templates.
 * Each is in {@code ui/messages/payment_en.properties} and {@code payment_de.properties}.
 */
@MessageBundle(value = "payment", locale = "en")
interface PaymentTexts {
    String payments();

    String whatWasIt();

    String canChange();

    String before();

    String atRandom();

    String account();

    String reason();

    String saidBy();

    String weight();

    String allKnown();

    String yourWord();

    String commentIfLike();

    String fraud();

    String legitimate();

    String unsure();

    String forAnalysts();

    String leaveIt();

    String thePayment();

    String afterIt();

    String newestFirst();

    String when();

    String amount();

    String payment();

    String outcome();

    String comeHere();

    String fromBeginning();

    String whoDecides();

    String notApproved();

    String scores();

    String inTenths();

    String rulesHit();

    String none();

    String accountField();

    String whyHead();

    String noneFits();

    String exactAccounts();

    String noneDecided();

    String sendOne();

    String scoreCame();

    String part();

    String looksAt();

    String decision();

    String countsFor();

    String whatJudged();

    String rulesRan();

    String eachValues();

    String rule();

    String cameOfIt();

    String values();

    String noRule();

    String againstUsual();

    String asKnown();

    String feature();

    String whatItSays();

    String thisOne();

    String nothingKnown();

    String similar();

    String sameAccount();

    String accountsFirst();

    String rules();

    String rulesLead();

    String whatIsWrong();

    String wouldHaveDone();

    String lastMonth();

    String allRules();

    String precisionBy();

    String condition();

    String then();

    String precision();

    String noRuleYet();

    String ruleSays();

    String versionsOf(String name);

    String version();

    String whatChanged();

    String by();

    String nothingOrFirst();

    String writeOrChange();

    String askReview();

    String decline();

    String letPass();

    String addScore();

    String scoreIfAdded();

    String saidAsReason();

    String mode();

    String check();

    String tryMonth();

    String saveDraft();

    String publish();

    String published();

    String writeNew();

    String mayAsk();

    String models();

    String inTrial();

    String made();

    String noModel();

    String noModelLead();

    String forEditors();

    String modeEnabled();

    String modeShadow();

    String modeOff();

    String file();

    String fileOf(String version);

    String bringModel();

    String bringLead(String most);

    String modelFile();

    String format();

    String formatOwn();

    String formatOnnx();

    String ofOnnx();

    String inputs();

    String output();

    String stranger();

    String strangerHigh();

    String strangerLow();

    String thenWhat();

    String thenNothing();

    String thenShadow();

    String thenDecide();

    String bringHint();

    String bring();

    String sending();

    String trying();

    String notSent();
}
