/**
 * How a tenant's models come about and are kept an eye on: trainings by schedule and by request,
 * models that people bring, the trial that each has, and the roll-back of one that raises too many
 * alerts or too few. Imports {@code transaction.*}, {@code tenant}, {@code scheduling} and {@code
 * http}. First class to read: {@link dev.vedette.transaction.training.ModelTrainer}.
 */
@NullMarked
package dev.vedette.transaction.training;

import org.jspecify.annotations.NullMarked;
