package dev.vedette.dashboard;

import dev.vedette.series.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * The week above every page: the highest score of each hour, with the window of the page framed.
 * Choosing another window on it is choosing the time of the page.
 *
 * @param title what the window is called
 * @param range its start and end in words
 * @param bars one per hour
 * @param days where days begin
 * @param frameX start of the window, a percentage
 * @param frameWidth its width
 * @param choices other lengths
 * @param earlier link one window back
 * @param later link one window forward; empty at the present
 * @param now link to the present
 * @param live whether the window ends at the present
 * @param clock the moment the page speaks from
 * @param from start of the week, milliseconds since 1970-01-01T00:00Z
 * @param to its end
 * @param windowMillis length of the window
 */
public record WatchStrip(
        String title,
        String range,
        List<Bar> bars,
        List<Day> days,
        String frameX,
        String frameWidth,
        List<Choice> choices,
        String earlier,
        String later,
        String now,
        boolean live,
        String clock,
        long from,
        long to,
        long windowMillis) {
    private static final double HEIGHT = 30;

    /** One hour: place, size and state of its bar. */
    public record Bar(String x, String width, String y, String height, String state, String peak) {}

    /**
     * Where a day begins: place, weekday, day of the month; {@code late} has no room to its right.
     */
    public record Day(String x, String weekday, int day, boolean late) {}

    /** A window length to choose. */
    public record Choice(String name, String href, boolean current) {}

    /**
     * Draws the week.
     *
     * @param window what the page shows
     * @param hourly highest score of each hour of the seven days before now, oldest first; NaN for
     *     none
     * @param stem what its links begin with, up to the parameters of the window
     */
    static WatchStrip of(Window window, double[] hourly, Clock clock, String stem) {
        TimeRange week = new TimeRange(window.now().minus(Duration.ofDays(7)), window.now());
        TimeAxis axis = new TimeAxis(week, clock);
        TimeRange shown = window.range();
        double start = Math.max(0, axis.share(shown.from()));
        Instant back = shown.from();
        Instant forward = shown.to().plus(shown.duration());
        return new WatchStrip(
                window.title(clock.language()),
                clock.dayTime(shown.from()) + " \u2013 " + clock.dayTime(shown.to()),
                bars(hourly),
                days(axis),
                Svg.percent(start),
                Svg.percent(Math.max(0.01, axis.share(shown.to()) - start)),
                choices(window, stem, clock.language()),
                stem + window.endingAt(back).query(),
                window.live() ? "" : stem + window.endingAt(forward).query(),
                stem + window.endingAt(window.now()).query(),
                window.live(),
                clock.second(window.now()) + " " + clock.zoneName(),
                week.from().toEpochMilli(),
                week.to().toEpochMilli(),
                shown.duration().toMillis());
    }

    private static List<Bar> bars(double[] hourly) {
        List<Bar> bars = new ArrayList<>();
        double width = 1.0 / Math.max(1, hourly.length);
        for (int i = 0; i < hourly.length; i++) {
            if (Double.isNaN(hourly[i])) {
                continue;
            }
            double height = Math.max(2, hourly[i] * HEIGHT);
            String state = ScoreMark.state(hourly[i]);
            boolean crit = state.equals("crit");
            bars.add(
                    new Bar(
                            Svg.percent(i * width + width * 0.15),
                            Svg.percent(width * 0.7),
                            Svg.number(HEIGHT + 8 - height),
                            Svg.number(height),
                            hourly[i] >= ScoreMark.WARNING ? state : "quiet",
                            crit ? Svg.percent((i + 0.5) * width) : ""));
        }
        return bars;
    }

    private static List<Day> days(TimeAxis axis) {
        List<Day> days = new ArrayList<>();
        Clock clock = axis.clock();
        ZoneId zone = clock.zone();
        LocalDate date = LocalDate.ofInstant(axis.range().from(), zone).plusDays(1);
        ZonedDateTime day = date.atStartOfDay(zone);
        for (; day.toInstant().isBefore(axis.range().to()); day = date.atStartOfDay(zone)) {
            date = date.plusDays(1);
            double share = axis.share(day.toInstant());
            days.add(
                    new Day(
                            Svg.percent(share),
                            clock.dayName(day.toInstant()),
                            day.getDayOfMonth(),
                            share > 0.95));
        }
        return days;
    }

    private static List<Choice> choices(Window window, String stem, Language language) {
        List<Choice> choices = new ArrayList<>();
        for (Window.Length length : Window.Length.values()) {
            Window other = window.ofLength(length);
            choices.add(
                    new Choice(length.title(language), stem + other.query(), other.equals(window)));
        }
        return choices;
    }
}
