package dev.vedette.transaction.intake;

/** Why an item is refused; carries place, reason and remedy. */
final class TransactionFault extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Refused refused;

    TransactionFault(String pointer, String code, String detail, String fix) {
        super(detail, null, false, false);
        this.refused = new Refused(pointer, code, detail, fix);
    }

    Refused refused() {
        return refused;
    }
}
