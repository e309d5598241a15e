package dev.vedette.aggregation.rest;

/** Columns of scores in JSON; NaN is null. */
final class ScoreColumns {
    private ScoreColumns() {}

    /** The scores as a JSON array. */
    static String json(float[] scores) {
        StringBuilder json = new StringBuilder(scores.length * 6 + 2).append('[');
        for (int i = 0; i < scores.length; i++) {
            json.append(i == 0 ? "" : ",");
            if (Float.isNaN(scores[i])) {
                json.append("null");
            } else {
                json.append(scores[i]);
            }
        }
        return json.append(']').toString();
    }
}
