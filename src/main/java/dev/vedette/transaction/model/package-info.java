/**
 * Unsupervised models over rows of features: isolation forest, neighbours, local outlier factor,
 * autoencoder, empirical tails; and the calibration of their scores. Pure: no framework, no SQL, no
 * clock; imports the JDK, and of {@code detection.engine} the trees, the random numbers and the
 * form of snapshots. Same rows and seed give the same model, bit for bit; a fitted model does not
 * change, so threads may share it. First class to read: {@link
 * dev.vedette.transaction.model.OutlierModel}.
 */
@NullMarked
package dev.vedette.transaction.model;

import org.jspecify.annotations.NullMarked;
