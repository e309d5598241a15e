package dev.vedette.detection.engine;

import java.nio.ByteBuffer;

/**
 * Exponential smoothing with a damped trend, a daily and a weekly season, odd hours of the week and
 * the month ({@link OddHours}) and an autoregressive error, made robust. The seasons are kept by
 * wall clock, so that their length needs no guessing and daylight saving moves nothing.
 *
 * <p>Sources: P. R. Winters, "Forecasting Sales by Exponentially Weighted Moving Averages",
 * Management Science 1960; E. Gardner and E. McKenzie, "Forecasting Trends in Time Series",
 * Management Science 1985 (the damping); J. W. Taylor, "Short-Term Electricity Demand Forecasting
 * Using Double Seasonal Exponential Smoothing", JORS 2003 (two seasons, AR(1) error); S. Gelper, R.
 * Fried and C. Croux, "Robust Forecasting with Exponential and Holt-Winters Smoothing", Journal of
 * Forecasting 2010 (clipped errors in units of their scale). We differ in that each season counts
 * only while it lately foretold better than going without, which takes the place of a test for
 * seasonality, and that an irregular step is taken by its length.
 */
final class HoltWinters {
    /** Bins of a day, five minutes each, and of a week, an hour each. */
    private static final int DAY = 288;

    private static final int WEEK = 168;

    /** Size of its part of a snapshot. */
    static final int BYTES =
            11 * Double.BYTES + (DAY + WEEK) * (Float.BYTES + 1) + 2 * OddHours.BYTES;

    private static final int SECONDS_OF_DAY = 86_400;
    private static final int DAY_BIN_SECONDS = SECONDS_OF_DAY / DAY;
    private static final int WEEK_BIN_SECONDS = 7 * SECONDS_OF_DAY / WEEK;

    private static final double CLIP = 4;
    private static final double DAY_RATE = 0.15;
    private static final double WEEK_RATE = 0.2;
    private static final double DAMPING = 0.9;
    private static final double ERROR_RATE = 0.002;
    private static final int FREE_POINTS = 30;
    private static final int MOST_VISITS = 100;

    private final float[] season = new float[DAY + WEEK];
    private final byte[] visits = new byte[DAY + WEEK];
    private final OddHours week = new OddHours();
    private final OddHours month = new OddHours();

    private double points;
    private double level;
    private double trend;
    private double plainError;
    private double dayError;
    private double weekError;
    private double spread;
    private double residual;
    private double covariance;
    private double variance;
    private double anchor;

    // worked out by forecast, used by learn
    private double usual;
    private double ofWeek;
    private double ofMonth;
    private double foreseen;
    private boolean isDaily;
    private boolean isWeekly;
    private int dayBin;
    private int weekBin;

    /**
     * Looks ahead to the next point.
     *
     * @param localSeconds its time, seconds since 1970-01-01T00:00 on the wall clock
     * @param hourOfMonth as of {@link LocalTime#hourOfMonth}
     * @param steps how many usual steps it lies after the last point, 0 or more
     */
    void forecast(long localSeconds, int hourOfMonth, double steps) {
        dayBin = Math.floorMod(localSeconds, SECONDS_OF_DAY) / DAY_BIN_SECONDS;
        int hourOfWeek = LocalTime.hourOfWeek(localSeconds);
        weekBin = DAY + hourOfWeek;
        isDaily = visits[dayBin] > 0 && dayError < plainError;
        isWeekly = isDaily && visits[weekBin] > 0 && weekError < dayError;
        double near = Math.min(steps, 10);
        usual =
                level
                        + DAMPING * trend * near
                        + (isDaily ? season[dayBin] : 0)
                        + (isWeekly ? season[weekBin] : 0);
        double memory = variance > 0 ? Math.clamp(covariance / variance, 0, 1) : 0;
        ofWeek = week.offset(hourOfWeek, spread);
        ofMonth = month.offset(hourOfMonth, spread);
        foreseen =
                usual + ofWeek + ofMonth + residual * (near <= 1 ? memory : Math.pow(memory, near));
    }

    /** What level, trend and seasons say, in the series' unit. */
    double expected() {
        return usual + ofWeek + ofMonth + anchor;
    }

    /** The same with the autoregressive error: the forecast of the one next point. */
    double foreseen() {
        return foreseen + anchor;
    }

    /** Mean absolute error of {@link #expected}. */
    double spread() {
        return spread;
    }

    /** Whether a season takes part. */
    boolean isSeasonal() {
        return isDaily || ofWeek != 0 || ofMonth != 0;
    }

    /** What the level alone says, in the series' unit, and its mean absolute error. */
    double level() {
        return level + anchor;
    }

    double levelError() {
        return plainError;
    }

    /**
     * Takes the point that was forecast into account.
     *
     * @param value finite
     * @param stepSeconds the usual step
     */
    void learn(double value, double stepSeconds) {
        if (points == 0) {
            anchor = value;
        }
        double rest = value - anchor - usual;
        week.learn(rest);
        month.learn(rest - ofWeek);
        // what the hour explains is no news to the rest
        double v = value - anchor - ofWeek - ofMonth;
        double error = v - usual;
        double limit = points >= FREE_POINTS && spread > 0 ? CLIP * spread : Double.MAX_VALUE;
        double clipped = Math.clamp(error, -limit, limit);
        double early = 1 / (points + 1);
        learnErrors(v, limit, early);
        learnResidual(clipped);
        spread += Math.max(ERROR_RATE, early) * (Math.abs(clipped) - spread);
        learnLevel(clipped, stepSeconds, early);
        learnSeasons(v, limit, stepSeconds);
        points++;
    }

    private void learnErrors(double v, double limit, double early) {
        double rate = Math.max(ERROR_RATE, early);
        double plain = v - level;
        plainError += rate * (Math.min(Math.abs(plain), 2 * limit) - plainError);
        if (visits[dayBin] == 0) {
            // An unknown bin foretells as the level does.
            dayError += rate * (Math.min(Math.abs(plain), 2 * limit) - dayError);
            weekError = Math.max(weekError, dayError);
            return;
        }
        double daily = plain - season[dayBin];
        dayError += rate * (Math.min(Math.abs(daily), limit) - dayError);
        double weekly = daily - (visits[weekBin] > 0 ? season[weekBin] : 0);
        weekError += rate * (Math.min(Math.abs(weekly), limit) - weekError);
    }

    private void learnResidual(double clipped) {
        covariance += ERROR_RATE * (clipped * residual - covariance);
        variance += ERROR_RATE * (residual * residual - variance);
        residual = clipped;
    }

    private void learnLevel(double clipped, double stepSeconds, double early) {
        double pace = Math.clamp(1 - Math.exp(-stepSeconds / SECONDS_OF_DAY), 0.002, 0.1);
        double rate = Math.max(pace, early);
        double move = rate * clipped;
        trend = DAMPING * trend + 0.1 * pace * move;
        level += move + (points >= FREE_POINTS ? trend : 0);
    }

    private void learnSeasons(double v, double limit, double stepSeconds) {
        double off = v - level;
        double daily = share(dayBin, DAY_RATE, stepSeconds / DAY_BIN_SECONDS);
        double weekly = share(weekBin, WEEK_RATE, stepSeconds / WEEK_BIN_SECONDS);
        double dayMove = Math.clamp(off - season[dayBin], -2 * limit, 2 * limit);
        season[dayBin] += (float) (daily * dayMove);
        double rest = off - season[dayBin] - season[weekBin];
        season[weekBin] += (float) (weekly * Math.clamp(rest, -2 * limit, 2 * limit));
        visits[dayBin] = (byte) Math.min(visits[dayBin] + 1, MOST_VISITS);
        visits[weekBin] = (byte) Math.min(visits[weekBin] + 1, MOST_VISITS);
    }

    /** The pace at which a bin learns: by visit at first, then so much per day or week. */
    private double share(int bin, double rate, double stepsPerBin) {
        return Math.max(rate * Math.min(1, stepsPerBin), 1.0 / (visits[bin] + 1));
    }

    void write(ByteBuffer out) {
        out.putDouble(points).putDouble(level).putDouble(trend);
        out.putDouble(plainError).putDouble(dayError).putDouble(weekError);
        out.putDouble(spread).putDouble(residual).putDouble(covariance).putDouble(variance);
        out.putDouble(anchor);
        for (float one : season) {
            out.putFloat(one);
        }
        out.put(visits);
        week.write(out);
        month.write(out);
    }

    void read(ByteBuffer in) {
        points = in.getDouble();
        level = in.getDouble();
        trend = in.getDouble();
        plainError = in.getDouble();
        dayError = in.getDouble();
        weekError = in.getDouble();
        spread = in.getDouble();
        residual = in.getDouble();
        covariance = in.getDouble();
        variance = in.getDouble();
        anchor = in.getDouble();
        for (int i = 0; i < season.length; i++) {
            season[i] = in.getFloat();
        }
        in.get(visits);
        week.read(in);
        month.read(in);
    }
}
