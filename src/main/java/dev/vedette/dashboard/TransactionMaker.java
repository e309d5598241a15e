package dev.vedette.dashboard;

import dev.vedette.transaction.Decision;
import dev.vedette.transaction.Reason;
import dev.vedette.transaction.Transaction;
import dev.vedette.transaction.feature.FeatureSet;
import dev.vedette.transaction.feature.FeatureSpec;
import dev.vedette.transaction.review.PaymentFeedback;
import dev.vedette.transaction.scoring.StoredTransaction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes the page of one decided transaction. */
final class TransactionMaker {
    private static final String STATISTICS = "statistics:";

    private final Clock clock;
    private final FeatureSet features;

    TransactionMaker(Clock clock, FeatureSet features) {
        this.clock = clock;
        this.features = features;
    }

    /**
     * The page.
     *
     * @param words what was said of it, newest first
     * @param similar past ones, the nearest first
     * @param maySay whether the reader may say something
     */
    TransactionView page(
            StoredTransaction stored,
            List<PaymentFeedback> words,
            List<StoredTransaction> similar,
            boolean maySay) {
        Transaction of = stored.received().transaction();
        Decision decision = stored.decision();
        List<Reason> reasons =
                decision.reasons().stream()
                        .sorted(Comparator.comparingDouble(Reason::weight).reversed())
                        .toList();
        return new TransactionView(
                PaymentWords.amount(of)
                        + " "
                        + PaymentWords.to(of)
                        + " "
                        + PaymentWords.became(decision.outcome())
                        + ".",
                PaymentWords.mark(decision),
                List.of(clock.at(of.time()), "decided " + clock.at(stored.decidedAt())),
                of.account(),
                Links.payments(of.account(), Optional.empty(), ""),
                reasons.isEmpty()
                        ? "Nothing spoke against it."
                        : Words.sentence(reasons.getFirst().text()) + ".",
                reasons.stream().map(TransactionMaker::why).toList(),
                parts(decision),
                together(decision),
                RuleLines.of(stored.rules()),
                features(stored),
                details(stored),
                decision.versions().entrySet().stream().map(TransactionMaker::version).toList(),
                words.stream().map(this::said).toList(),
                maySay ? Links.payment(of.id()) + "/feedback" : "",
                similar.stream().map(one -> TransactionPages.line(clock, one)).toList());
    }

    private TransactionView.Said said(PaymentFeedback word) {
        return new TransactionView.Said(
                switch (word.verdict()) {
                    case FRAUD -> "It was fraud.";
                    case LEGITIMATE -> "It was legitimate.";
                    case UNSURE -> "Nobody could tell.";
                },
                word.comment(),
                word.author() + ", " + clock.dayTime(word.at()));
    }

    // The schema of a tenant without one of its own has the number 0.
    private static TransactionView.Detail version(Map.Entry<String, String> one) {
        boolean builtIn = one.getKey().equals("schema") && one.getValue().equals("0");
        return new TransactionView.Detail(
                Words.sentence(one.getKey()), builtIn ? "built in" : "version " + one.getValue());
    }

    private static TransactionView.Why why(Reason reason) {
        return new TransactionView.Why(
                Words.sentence(reason.text()),
                reason.code(),
                Figures.SCORE.number(reason.weight()));
    }

    private static List<TransactionView.Part> parts(Decision decision) {
        return decision.parts().entrySet().stream()
                .map(part ->
                        new TransactionView.Part(
                                Words.sentence(part.getKey().replace(":", " ").replace("_", " ")),
                                saw(part.getKey()),
                                Figures.SCORE.number(part.getValue())))
                .toList();
    }

    private static String saw(String part) {
        return switch (part) {
            case "statistics" -> "each feature against its own history";
            case "models" -> "the features together";
            case "rules" -> "the rules that fired";
            case "without_rules" -> "statistics, models and what was strange lately together";
            default -> part.startsWith("shadow:") ? "a model on trial, without effect" : "";
        };
    }

    private static String together(Decision decision) {
        return decision.versions().containsKey("model")
                ? "what they find is put together"
                : "the rules alone: there was no model yet";
    }

    // What is a reason stands first; the rest in the order of declaration.
    private List<TransactionView.Feature> features(StoredTransaction stored) {
        Set<String> strange = new HashSet<>();
        stored.decision().reasons().stream()
                .map(Reason::code)
                .filter(code -> code.startsWith(STATISTICS))
                .forEach(code -> strange.add(code.substring(STATISTICS.length())));
        Set<String> rest = new HashSet<>(stored.features().keySet());
        List<TransactionView.Feature> lines = new ArrayList<>();
        for (FeatureSpec spec : features.specs()) {
            Double value = stored.features().get(spec.name());
            if (value != null) {
                Transaction of = stored.received().transaction();
                lines.add(FeatureWords.of(spec, value, of, strange.contains(spec.name())));
                rest.remove(spec.name());
            }
        }
        stored.features()
                .forEach((name, value) -> {
                    if (rest.contains(name)) {
                        lines.add(FeatureWords.unknown(name, value, strange.contains(name)));
                    }
                });
        lines.sort(Comparator.comparing(line -> !line.strange()));
        return lines;
    }

    private List<TransactionView.Detail> details(StoredTransaction stored) {
        Transaction of = stored.received().transaction();
        List<TransactionView.Detail> details = new ArrayList<>();
        details.add(new TransactionView.Detail("Amount", PaymentWords.amount(of)));
        add(details, "Merchant", of.text("merchant"));
        add(details, "Country", of.text("country"));
        add(details, "Channel", of.text("channel"));
        details.add(
                new TransactionView.Detail(
                        "Time", clock.dayTime(of.time()) + " " + clock.zoneName()));
        details.add(new TransactionView.Detail("Part of day", stored.received().dayPart().label()));
        of.attributes()
                .values()
                .forEach((name, value) ->
                        details.add(new TransactionView.Detail(name, value.text())));
        details.add(new TransactionView.Detail("Id", of.id()));
        return details;
    }

    private static void add(
            List<TransactionView.Detail> details, String name, Optional<String> value) {
        value.ifPresent(text -> details.add(new TransactionView.Detail(name, text)));
    }
}
