package dev.vedette.transaction.scoring;

import dev.vedette.transaction.intake.TransactionSchema;
import dev.vedette.transaction.rule.RuleSet;
import dev.vedette.transaction.rule.RuleVersion;
import java.util.List;

/**
 * By what a tenant's transactions are judged.
 *
 * @param schema what attributes there are
 * @param published the rules that judge, as stored
 * @param rules the same, compiled
 */
public record JudgingSettings(
        TransactionSchema schema, List<RuleVersion> published, RuleSet rules) {
    /** Copies the list. */
    public JudgingSettings {
        published = List.copyOf(published);
    }
}
