package dev.vedette.transaction.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vedette.ingestion.source.DemoConfig;
import dev.vedette.scheduling.PeriodicJob;
import dev.vedette.simulation.Payments;
import dev.vedette.simulation.SimulatedPayment;
import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.Outcome;
import dev.vedette.transaction.intake.TransactionIntake;
import dev.vedette.transaction.rule.Rule;
import dev.vedette.transaction.rule.RuleEffect;
import dev.vedette.transaction.rule.RuleMode;
import dev.vedette.transaction.scoring.RuleStore;
import dev.vedette.transaction.scoring.TransactionQueries;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Feeds the demo tenant with payments: once its history, then live ones, and the rules somebody
 * might have written. After a restart it goes on from the newest decided payment; ids are the
 * simulator's, so that nothing is counted twice. One run at a time.
 */
@Singleton
class DemoPayments implements PeriodicJob {
    private static final Logger LOG = Logger.getLogger(DemoPayments.class);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Enough to know the accounts' habits and to train a model. */
    private static final Duration HISTORY = Duration.ofDays(7);

    private static final int AT_ONCE = 500;
    private static final long CHUNK = Duration.ofHours(6).toMillis();

    private static final List<Rule> RULES =
            List.of(
                    rule(
                            "card-testing",
                            "many small payments within minutes",
                            "amount < 5.0 && features.count_5m > 5",
                            RuleMode.ENABLED,
                            new RuleEffect.Decide(Outcome.DECLINE)),
                    rule(
                            "far-from-home",
                            "a new country, and more than usual",
                            "country != account.home_country && features.new_country == 1.0"
                                    + " && features.amount_z > 2",
                            RuleMode.ENABLED,
                            new RuleEffect.Decide(Outcome.REVIEW)),
                    rule(
                            "just-below-a-thousand",
                            "several payments just below 1000",
                            "amount >= 950 && amount < 1000 && features.count_24h > 3",
                            RuleMode.SHADOW,
                            new RuleEffect.Score(0.6)));

    private final DemoConfig config;
    private final TransactionIntake intake;
    private final TransactionQueries queries;
    private final RuleStore rules;
    private final InstantSource clock;
    private Optional<Long> fedUpTo = Optional.empty();
    private volatile boolean isStopping;

    DemoPayments(
            DemoConfig config,
            TransactionIntake intake,
            TransactionQueries queries,
            RuleStore rules,
            InstantSource clock) {
        this.config = config;
        this.intake = intake;
        this.queries = queries;
        this.rules = rules;
        this.clock = clock;
    }

    private static Rule rule(
            String name, String text, String expression, RuleMode mode, RuleEffect effect) {
        return new Rule(name, text, expression, mode, effect);
    }

    @Override
    public String name() {
        return "feed-demo-payments";
    }

    @Override
    public Duration interval() {
        return config.interval();
    }

    @Override
    public void askToStop() {
        isStopping = true;
    }

    @Override
    public void run() {
        if (!config.enabled()) {
            return;
        }
        TenantId tenant = new TenantId(config.tenant());
        long now = clock.instant().toEpochMilli();
        if (fedUpTo.isEmpty()) {
            fedUpTo = Optional.of(begin(tenant, now));
        }
        Payments payments = Payments.demo(config.seed());
        for (long from = fedUpTo.orElseThrow();
                from < now && !isStopping;
                from = fedUpTo.orElseThrow()) {
            long to = Math.min(now, from + CHUNK);
            feed(tenant, payments.stretch(from, to));
            fedUpTo = Optional.of(to);
        }
    }

    private long begin(TenantId tenant, long now) {
        Optional<Instant> newest =
                queries
                        .list(tenant, TransactionQueries.Filter.ANY, Optional.empty(), 1)
                        .await()
                        .atMost(PATIENCE)
                        .stream()
                        .map(one -> one.received().transaction().time())
                        .findFirst();
        if (newest.isPresent()) {
            return newest.get().toEpochMilli();
        }
        for (Rule rule : RULES) {
            rules.draft(tenant, rule, "demo", clock.instant()).await().atMost(PATIENCE);
            rules.publish(tenant, rule.name(), "demo", clock.instant()).await().atMost(PATIENCE);
        }
        LOG.infof("demo payments begin tenant=%s history=%s", tenant, HISTORY);
        return now - HISTORY.toMillis();
    }

    private void feed(TenantId tenant, List<SimulatedPayment> payments) {
        for (int from = 0; from < payments.size() && !isStopping; from += AT_ONCE) {
            List<JsonNode> items =
                    payments.subList(from, Math.min(payments.size(), from + AT_ONCE)).stream()
                            .map(DemoPayments::item)
                            .toList();
            intake.take(tenant, items, "feed").await().atMost(PATIENCE);
        }
    }

    private static JsonNode item(SimulatedPayment payment) {
        ObjectNode item =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("transaction_id", payment.id())
                        .put("account_id", payment.account())
                        .put("amount", payment.amount())
                        .put("currency", "EUR")
                        .put("time", payment.epochMillis())
                        .put("merchant", payment.merchant())
                        .put("country", payment.country())
                        .put("channel", payment.channel());
        item.putObject("attributes").put("device", payment.device());
        return item;
    }
}
