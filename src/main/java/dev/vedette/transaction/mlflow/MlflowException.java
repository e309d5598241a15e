package dev.vedette.transaction.mlflow;

/** MLflow did not do what it was asked for; a retry may help. */
final class MlflowException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What went wrong, without anything secret. */
    MlflowException(String message) {
        super(message);
    }
}
