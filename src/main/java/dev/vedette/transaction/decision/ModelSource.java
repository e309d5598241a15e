package dev.vedette.transaction.decision;

import dev.vedette.transaction.model.BroughtModel;
import dev.vedette.transaction.model.ModelKind;
import java.util.List;

/** What looks at the features of a transaction together: learnt here, or brought. */
public sealed interface ModelSource {
    /**
     * Models that learn.
     *
     * @param kinds at least one
     */
    record Learnt(List<ModelKind> kinds) implements ModelSource {
        /** Copies the kinds. */
        public Learnt {
            kinds = List.copyOf(kinds);
        }
    }

    /**
     * A model that was learnt elsewhere; only its calibration comes from here.
     *
     * @param inputs names of declared features, in the order of the model's row, at least one
     * @param source the model
     */
    record Brought(List<String> inputs, BroughtModel.Source source) implements ModelSource {
        /** Copies the names. */
        public Brought {
            inputs = List.copyOf(inputs);
        }
    }
}
