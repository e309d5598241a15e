package dev.vedette.transaction.scoring;

import dev.vedette.transaction.decision.DecisionModel;
import dev.vedette.transaction.decision.RecentStrangeness;
import dev.vedette.transaction.intake.TransactionSchema;
import dev.vedette.transaction.rule.RuleSet;
import dev.vedette.transaction.rule.RuleVersion;
import java.util.List;
import java.util.Optional;

/**
 * By what a tenant's transactions are judged.
 *
 * @param schema what attributes there are
 * @param features what is known of each
 * @param published the rules that judge, as stored
 * @param rules the same, compiled
 * @param model the promoted one; empty while there is none
 * @param shadows models whose scores are told only
 */
public record JudgingSettings(
        TransactionSchema schema,
        FeatureDeclarations features,
        List<RuleVersion> published,
        RuleSet rules,
        Optional<Model> model,
        List<Model> shadows) {
    /** Copies the lists. */
    public JudgingSettings {
        published = List.copyOf(published);
        shadows = List.copyOf(shadows);
    }

    /**
     * A model at work.
     *
     * @param version its number
     * @param decides the model
     * @param memory of its own, for a shadow: what it found strange lately
     */
    public record Model(int version, DecisionModel decides, RecentStrangeness memory) {}
}
