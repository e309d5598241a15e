/**
 * Tells an MLflow server of models: experiments, parameters, metrics, artefacts, registered
 * versions and aliases, through its REST API. PostgreSQL stays what decisions are made by; MLflow
 * is told afterwards, and again until it has heard. Imports {@code transaction.scoring}, {@code
 * tenant} and {@code scheduling}. First class to read: {@link
 * dev.vedette.transaction.mlflow.MlflowJob}.
 */
@NullMarked
package dev.vedette.transaction.mlflow;

import org.jspecify.annotations.NullMarked;
