package dev.vedette.transaction.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vedette.detection.engine.SnapshotEnvelope;
import dev.vedette.simulation.Payments;
import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.Attributes;
import dev.vedette.transaction.Transaction;
import dev.vedette.transaction.decision.DecisionModel;
import dev.vedette.transaction.decision.DecisionSettings;
import dev.vedette.transaction.decision.Training;
import dev.vedette.transaction.feature.FeatureEngine;
import dev.vedette.transaction.feature.FeatureFunction;
import dev.vedette.transaction.feature.FeatureSet;
import dev.vedette.transaction.feature.FeatureSpec;
import dev.vedette.transaction.feature.FeatureWindow;
import dev.vedette.transaction.scoring.ModelVersion.State;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A promoted model that cannot be read: the one before it goes on. */
final class LastGoodModelTest {
    private static final TenantId TENANT = new TenantId("acme");
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final String OWNER = "decision-model";
    private static final byte[] GOOD = model(FeatureSet.STANDARD);

    enum Damage {
        CUT_IN_HALF,
        ONE_BIT,
        OTHER_FORMAT_VERSION,
        OTHER_FEATURES,
        EMPTY;

        byte[] done() {
            byte[] bytes = GOOD.clone();
            switch (this) {
                case CUT_IN_HALF -> bytes = Arrays.copyOf(bytes, bytes.length / 2);
                case ONE_BIT -> bytes[bytes.length / 2] ^= 4;
                case OTHER_FORMAT_VERSION -> bytes = ofVersion(99);
                case OTHER_FEATURES -> bytes = model(others());
                case EMPTY -> bytes = new byte[0];
            }
            return bytes;
        }

        private static byte[] ofVersion(int version) {
            ByteBuffer payload = SnapshotEnvelope.open(OWNER, 1, GOOD);
            byte[] bytes = new byte[payload.remaining()];
            payload.get(bytes);
            return SnapshotEnvelope.seal(OWNER, version, bytes);
        }
    }

    private static FeatureSet others() {
        List<FeatureSpec> specs = new ArrayList<>(FeatureSet.STANDARD.specs());
        specs.add(FeatureSpec.judged("paces", FeatureFunction.BURST, "country", FeatureWindow.DAY));
        return new FeatureSet(specs);
    }

    private static byte[] model(FeatureSet features) {
        List<Transaction> past =
                new Payments(1, 20, 0)
                        .stretch(NOW.toEpochMilli() - 5 * 86_400_000L, NOW.toEpochMilli()).stream()
                                .map(one ->
                                        new Transaction(
                                                one.id(),
                                                one.account(),
                                                Instant.ofEpochMilli(one.epochMillis()),
                                                one.amount(),
                                                "EUR",
                                                one.merchant(),
                                                one.country(),
                                                one.channel(),
                                                Attributes.NONE))
                                .toList();
        return new Training(features, DecisionModel.MODELS, 0.8, DecisionSettings.DEFAULT, 7)
                .learn(new FeatureEngine(features), past)
                .toBytes();
    }

    private static Optional<Integer> deciding(Settings settings) {
        return settings.of(TENANT).model().map(JudgingSettings.Model::version);
    }

    @ParameterizedTest
    @EnumSource
    void unreadableModelLeavesTheOneThatDecidedUntilThen(Damage damage) {
        AtomicReference<List<ModelVersion>> versions =
                new AtomicReference<>(List.of(JudgingWorld.version(1, State.PROMOTED, NOW)));
        AtomicReference<Instant> now = new AtomicReference<>(NOW);
        Settings settings =
                JudgingWorld.settings(Map.of(1, GOOD, 2, damage.done()), versions::get, now::get);
        assertEquals(Optional.of(1), deciding(settings));
        versions.set(
                List.of(
                        JudgingWorld.version(2, State.PROMOTED, NOW.plusSeconds(1)),
                        JudgingWorld.version(1, State.RETIRED, NOW.plusSeconds(1))));
        settings.forget(TENANT);
        assertEquals(Optional.of(1), deciding(settings));
    }

    @Test
    void withoutAnyReadableModelRulesDecideAlone() {
        Settings settings =
                JudgingWorld.settings(
                        Map.of(1, Damage.CUT_IN_HALF.done()),
                        () -> List.of(JudgingWorld.version(1, State.PROMOTED, NOW)),
                        InstantSource.fixed(NOW));
        assertEquals(Optional.empty(), deciding(settings));
    }
}
