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

    private static final Set<String> PARTS =
            Set.of("statistics", "models", "rules", "without_rules");

    private final Clock clock;
    private final Language language;
    private final FeatureSet features;

    TransactionMaker(Clock clock, FeatureSet features) {
        this.clock = clock;
        this.language = clock.language();
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
                language.say(
                        "payment." + decision.outcome().label(),
                        PaymentWords.amount(of, language),
                        PaymentWords.to(of, language)),
                PaymentWords.mark(decision, language),
                List.of(
                        clock.at(of.time()),
                        language.say("payment.decided", clock.at(stored.decidedAt()))),
                of.account(),
                Links.payments(of.account(), Optional.empty(), ""),
                reasons.isEmpty()
                        ? language.say("payment.nothing")
                        : Words.sentence(reasons.getFirst().text()) + ".",
                reasons.stream().map(this::why).toList(),
                parts(decision),
                together(decision),
                RuleLines.of(stored.rules(), language),
                features(stored),
                details(stored),
                decision.versions().entrySet().stream().map(this::version).toList(),
                words.stream().map(this::said).toList(),
                maySay ? Links.payment(of.id()) + "/feedback" : "",
                similar.stream().map(one -> TransactionPages.line(clock, one)).toList());
    }

    private TransactionView.Said said(PaymentFeedback word) {
        return new TransactionView.Said(
                language.say("payment.was." + word.verdict().label()),
                word.comment(),
                word.author() + ", " + clock.dayTime(word.at()));
    }

    // The schema of a tenant without one of its own has the number 0.
    private TransactionView.Detail version(Map.Entry<String, String> one) {
        boolean builtIn = one.getKey().equals("schema") && one.getValue().equals("0");
        return new TransactionView.Detail(
                Words.sentence(one.getKey()),
                builtIn
                        ? language.say("payment.builtIn")
                        : language.say("payment.version", one.getValue()));
    }

    private TransactionView.Why why(Reason reason) {
        return new TransactionView.Why(
                Words.sentence(reason.text()), reason.code(), language.score(reason.weight()));
    }

    private List<TransactionView.Part> parts(Decision decision) {
        return decision.parts().entrySet().stream()
                .map(part ->
                        new TransactionView.Part(
                                part(part.getKey()),
                                saw(part.getKey()),
                                language.score(part.getValue())))
                .toList();
    }

    private String part(String part) {
        return PARTS.contains(part)
                ? language.say("part." + part)
                : Words.sentence(part.replace(":", " ").replace("_", " "));
    }

    private String saw(String part) {
        if (PARTS.contains(part)) {
            return language.say("saw." + part);
        }
        return part.startsWith("shadow:") ? language.say("saw.shadow") : "";
    }

    private String together(Decision decision) {
        return language.say(
                decision.versions().containsKey("model")
                        ? "payment.together"
                        : "payment.rulesAlone");
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
                lines.add(
                        new FeatureWords(language)
                                .of(spec, value, of, strange.contains(spec.name())));
                rest.remove(spec.name());
            }
        }
        stored.features()
                .forEach((name, value) -> {
                    if (rest.contains(name)) {
                        lines.add(
                                new FeatureWords(language)
                                        .unknown(name, value, strange.contains(name)));
                    }
                });
        lines.sort(Comparator.comparing(line -> !line.strange()));
        return lines;
    }

    private List<TransactionView.Detail> details(StoredTransaction stored) {
        Transaction of = stored.received().transaction();
        List<TransactionView.Detail> details = new ArrayList<>();
        details.add(
                new TransactionView.Detail(
                        language.say("detail.amount"), PaymentWords.amount(of, language)));
        add(details, language.say("detail.merchant"), of.text("merchant"));
        add(details, language.say("detail.country"), of.text("country"));
        add(details, language.say("detail.channel"), of.text("channel"));
        details.add(
                new TransactionView.Detail(
                        language.say("detail.time"),
                        clock.dayTime(of.time()) + " " + clock.zoneName()));
        details.add(
                new TransactionView.Detail(
                        language.say("detail.dayPart"),
                        language.say("dayPart." + stored.received().dayPart().label())));
        of.attributes()
                .values()
                .forEach((name, value) ->
                        details.add(new TransactionView.Detail(name, value.text())));
        details.add(new TransactionView.Detail(language.say("detail.id"), of.id()));
        return details;
    }

    private static void add(
            List<TransactionView.Detail> details, String name, Optional<String> value) {
        value.ifPresent(text -> details.add(new TransactionView.Detail(name, text)));
    }
}
