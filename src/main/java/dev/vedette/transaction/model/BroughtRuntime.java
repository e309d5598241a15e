package dev.vedette.transaction.model;

import java.util.Optional;
import java.util.ServiceLoader;

/**
 * What runs models of other makers. A port, because the library behind it is optional: it is found
 * by {@link ServiceLoader}, and says itself whether its library is there.
 */
public interface BroughtRuntime {
    /** A model at work. Threads may share it. */
    interface Scorer {
        /**
         * The model's own scores of rows.
         *
         * @param rows row after row, each as wide as the model; not modified, not retained
         * @param count how many rows, 1 or more
         * @return one score each; not a number where the model gave none
         */
        double[] score(double[] rows, int count);
    }

    /** Whether the library it needs is on the class path. */
    boolean isInstalled();

    /**
     * Opens a file.
     *
     * @param file not modified, not retained
     * @param output name of the output with the scores; empty for the only one that can be
     * @param width numbers in a row
     * @throws UnfitModelException when it cannot be read, has another shape, or does what a model
     *     of one row has no need of
     */
    Scorer open(byte[] file, String output, int width);

    /** The one that is installed; empty when there is none. */
    static Optional<BroughtRuntime> installed() {
        return ServiceLoader.load(BroughtRuntime.class, BroughtRuntime.class.getClassLoader())
                .stream()
                .map(ServiceLoader.Provider::get)
                .filter(BroughtRuntime::isInstalled)
                .findFirst();
    }
}
