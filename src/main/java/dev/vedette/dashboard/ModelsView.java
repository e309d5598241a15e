package dev.vedette.dashboard;

import java.util.List;

/**
 * What the page of models shows.
 *
 * @param lead how things stand, in a sentence
 * @param lines versions, newest first
 * @param problem why the last move was refused; empty when it was not
 * @param mayMove whether the reader may move models, and bring some
 * @param told what was done; empty when nothing was
 * @param form in which a file is brought
 * @param most how large a file may be
 */
public record ModelsView(
        String lead,
        List<Line> lines,
        String problem,
        boolean mayMove,
        String told,
        ModelForm form,
        String most) {
    /**
     * One version.
     *
     * @param metrics how it did in its trial
     * @param precision how right it was, by what people said
     * @param file link to its file
     * @param moves where it can go
     */
    public record Line(
            String version,
            String kind,
            String state,
            List<TransactionView.Detail> metrics,
            String precision,
            String made,
            String file,
            List<Move> moves) {}

    /**
     * Somewhere a version can go.
     *
     * @param to the name of the action
     * @param words on the button
     */
    public record Move(String to, String words) {}
}
