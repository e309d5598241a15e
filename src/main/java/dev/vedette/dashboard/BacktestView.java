package dev.vedette.dashboard;

import java.util.List;
import java.util.stream.Stream;

/**
 * What the page of backtests shows.
 *
 * @param headline what the change would have done, in a sentence
 * @param lead on what
 * @param form what the change is
 * @param days the length of the past chosen
 * @param families families of metrics to choose from
 * @param engines engines to choose from
 * @param job the job shown; none for a quick look
 * @param sides the rules as they are, and the change; none before it was run
 * @param lines the series tried
 * @param problem why it was refused; may be empty
 * @param applied the change that was just applied; none otherwise
 * @param jobs the newest jobs
 * @param code the change as text for a shell or a file; empty before there is one
 * @param mayEdit whether the reader may apply and roll back
 */
public record BacktestView(
        String headline,
        String lead,
        ThresholdForm form,
        String days,
        List<String> families,
        List<String> engines,
        List<Job> job,
        List<Side> sides,
        List<Line> lines,
        String problem,
        List<Applied> applied,
        List<Job> jobs,
        List<AsCode> code,
        boolean mayEdit) {
    private static final List<String> CHOICES = List.of("1", "3", "7", "14", "28", "60", "90");

    /** The days that can be chosen; those of a job shown are among them. */
    public List<String> choices() {
        return CHOICES.contains(days) || !days.matches("[0-9]{1,3}")
                ? CHOICES
                : Stream.concat(CHOICES.stream(), Stream.of(days)).toList();
    }

    /**
     * A job.
     *
     * @param id its id
     * @param href its page
     * @param asked when and by whom, in words
     * @param what the change is about, in words
     * @param range its past, in words
     * @param state where it stands, in words
     * @param percent share done, 0 to 100, whole
     * @param isActive whether it waits or is worked on
     */
    public record Job(
            String id,
            String href,
            String asked,
            String what,
            String range,
            String state,
            String percent,
            boolean isActive) {}

    /** One side of the comparison in words. */
    public record Side(String name, String alarms, String precision, String recall) {}

    /** One series with its alarms on both sides. */
    public record Line(String series, String href, List<Alarm> now, List<Alarm> then) {}

    /**
     * One alarm.
     *
     * @param when its times
     * @param kind {@code gone}, {@code new} or {@code same}
     * @param mark the same in words
     * @param said what people said of it; may be empty
     */
    public record Alarm(String when, ScoreMark score, String kind, String mark, String said) {}

    /** A rule that was applied. */
    public record Applied(String name, String words, String seen) {}
}
