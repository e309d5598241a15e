package dev.vedette.dashboard;

import dev.vedette.transaction.review.Precision;
import dev.vedette.transaction.scoring.ModelVersion;
import java.util.List;
import java.util.Optional;

/**
 * Makes the page of models.
 *
 * @param all versions, newest first
 * @param precision how right rules and models were
 */
record ModelsMaker(Visit visit, List<ModelVersion> all, List<Precision> precision) {
    /**
     * The page.
     *
     * @param problem why the last move was refused; empty when it was not
     * @param brought the version that was just brought
     * @param form in which a file is brought
     * @param most bytes that a file may have
     * @param mayMove whether the reader may move models, and bring some
     */
    ModelsView view(
            String problem, Optional<String> brought, ModelForm form, long most, boolean mayMove) {
        return new ModelsView(
                lead(),
                all.stream().map(one -> line(visit.clock(), one, precision)).toList(),
                problem,
                mayMove,
                told(brought),
                form,
                bytes((double) most));
    }

    private String bytes(double count) {
        return Figures.of(Optional.of("bytes"), count).in(visit.language()).withUnit(count);
    }

    // Only of a version that is there: the address is anybody's to write.
    private String told(Optional<String> brought) {
        return all.stream()
                .filter(one -> brought.equals(Optional.of(Integer.toString(one.version()))))
                .findFirst()
                .map(one ->
                        visit.language()
                                .say(
                                        "models.brought." + one.state().label(),
                                        Integer.toString(one.version())))
                .orElse("");
    }

    private String lead() {
        return all.stream()
                .filter(one -> one.state() == ModelVersion.State.PROMOTED)
                .findFirst()
                .map(one -> visit.language().say("models.decides", Integer.toString(one.version())))
                .orElse(visit.language().say("models.none"));
    }

    private static ModelsView.Line line(Clock clock, ModelVersion one, List<Precision> precision) {
        return new ModelsView.Line(
                Integer.toString(one.version()),
                one.kind(),
                clock.language().say("model." + one.state().label()),
                one.metrics().entrySet().stream()
                        .map(metric ->
                                new TransactionView.Detail(
                                        metric.getKey(),
                                        new Figures(1, 3, "")
                                                .in(clock.language())
                                                .number(metric.getValue())))
                        .toList(),
                PrecisionWords.of(
                        precision,
                        Precision.Kind.MODEL,
                        Integer.toString(one.version()),
                        clock.language()),
                one.author() + ", " + clock.dayTime(one.createdAt()),
                "/api/v1/models/" + one.version() + "/file",
                moves(one.state(), clock.language()));
    }

    private static List<ModelsView.Move> moves(ModelVersion.State state, Language language) {
        ModelsView.Move promote = new ModelsView.Move("promote", language.say("models.promote"));
        ModelsView.Move shadow = new ModelsView.Move("shadow", language.say("models.shadow"));
        ModelsView.Move retire = new ModelsView.Move("retire", language.say("models.retire"));
        return switch (state) {
            case REGISTERED, RETIRED -> List.of(promote, shadow);
            case SHADOW -> List.of(promote, retire);
            case PROMOTED ->
                    List.of(
                            new ModelsView.Move("roll-back", language.say("models.rollBack")),
                            retire);
        };
    }
}
