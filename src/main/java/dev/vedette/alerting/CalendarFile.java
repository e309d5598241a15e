package dev.vedette.alerting;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the events of a calendar file, iCalendar (RFC 5545): summary, start, end or duration,
 * recurrence and exceptions. Everything else of the format is passed over, alarms and definitions
 * of time zones included: zones are known by their IANA names. An event without a zone is by the
 * zone of whoever imports it, one of a whole day lasts from midnight to midnight there.
 */
public final class CalendarFile {
    /** Most events of one file. */
    public static final int MOST_EVENTS = 500;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss");
    private static final int LONGEST_SUMMARY = 200;

    private CalendarFile() {}

    /**
     * An event.
     *
     * @param summary its title, at most 200 characters; may be empty
     * @param schedule when
     */
    public record Event(String summary, Schedule schedule) {}

    /** One line: its name, its parameters and its value. */
    private record Line(String name, List<String> parameters, String value) {
        Optional<String> parameter(String wanted) {
            return parameters.stream()
                    .filter(one -> one.regionMatches(true, 0, wanted + "=", 0, wanted.length() + 1))
                    .map(one -> one.substring(wanted.length() + 1).replace("\"", ""))
                    .findFirst();
        }
    }

    /**
     * The events of a file, in its order.
     *
     * @param zone of events that name none
     * @throws IllegalArgumentException when it is no calendar, holds more than {@value
     *     #MOST_EVENTS} events, or an event cannot be read; the message says which
     */
    public static List<Event> read(String text, ZoneId zone) {
        List<Event> events = new ArrayList<>();
        List<Line> event = null;
        int depth = 0;
        boolean isCalendar = false;
        for (String unfolded : unfold(text)) {
            Line line = line(unfolded);
            String value = line.value.toUpperCase(Locale.ROOT);
            if (line.name.equals("BEGIN")) {
                isCalendar |= value.equals("VCALENDAR");
                depth += event == null ? 0 : 1;
                event = event == null && value.equals("VEVENT") ? new ArrayList<>() : event;
            } else if (line.name.equals("END") && event != null) {
                if (depth-- == 0) {
                    events.add(event(event, zone, events.size() + 1));
                    event = null;
                    depth = 0;
                }
            } else if (event != null && depth == 0) {
                event.add(line);
            }
        }
        if (!isCalendar || event != null) {
            throw new IllegalArgumentException("not a whole calendar file (iCalendar)");
        }
        return events;
    }

    /** Lines of a file; one that begins with a blank goes on with the one before. */
    private static List<String> unfold(String text) {
        List<StringBuilder> lines = new ArrayList<>();
        text.lines()
                .forEach(line -> {
                    boolean goesOn = line.startsWith(" ") || line.startsWith("\t");
                    if (goesOn && !lines.isEmpty()) {
                        lines.getLast().append(line, 1, line.length());
                    } else if (!line.isBlank()) {
                        lines.add(new StringBuilder(line));
                    }
                });
        return lines.stream().map(StringBuilder::toString).toList();
    }

    private static Line line(String text) {
        int colon = -1;
        boolean isQuoted = false;
        for (int i = 0; i < text.length() && colon < 0; i++) {
            isQuoted ^= text.charAt(i) == '"';
            colon = text.charAt(i) == ':' && !isQuoted ? i : -1;
        }
        if (colon < 0) {
            return new Line("", List.of(), "");
        }
        List<String> head = List.of(text.substring(0, colon).split(";", -1));
        return new Line(
                head.isEmpty() ? "" : head.getFirst().toUpperCase(Locale.ROOT),
                head.isEmpty() ? List.of() : head.subList(1, head.size()),
                text.substring(colon + 1));
    }

    private static Event event(List<Line> lines, ZoneId zone, int number) {
        if (number > MOST_EVENTS) {
            throw new IllegalArgumentException("at most " + MOST_EVENTS + " events");
        }
        try {
            Line start =
                    find(lines, "DTSTART")
                            .orElseThrow(() -> new IllegalArgumentException("it has no DTSTART"));
            ZoneId own = zone(start, zone);
            LocalDateTime from = time(start, own);
            Set<LocalDateTime> except = new HashSet<>();
            for (Line line : lines) {
                if (line.name.equals("EXDATE")) {
                    for (String one : line.value.split(",", -1)) {
                        except.add(time(new Line(line.name, line.parameters, one), own));
                    }
                }
            }
            return new Event(
                    summary(lines),
                    new Schedule(
                            own,
                            from,
                            length(lines, start, from, own),
                            find(lines, "RRULE").map(Line::value),
                            except));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new IllegalArgumentException("event " + number + ": " + e.getMessage(), e);
        }
    }

    private static String summary(List<Line> lines) {
        String text =
                find(lines, "SUMMARY")
                        .map(line -> line.value.replace("\\,", ",").replace("\\;", ";"))
                        .orElse("");
        return text.substring(0, Math.min(text.length(), LONGEST_SUMMARY));
    }

    private static Duration length(List<Line> lines, Line start, LocalDateTime from, ZoneId zone) {
        Optional<Line> end = find(lines, "DTEND");
        if (end.isPresent()) {
            return Duration.between(from, time(end.get(), zone));
        }
        return find(lines, "DURATION")
                .map(line -> duration(line.value))
                .orElse(isDay(start) ? Duration.ofDays(1) : Duration.ofHours(1));
    }

    /** RFC 5545 has weeks, which {@link Duration} has not. */
    private static Duration duration(String text) {
        return text.matches("P[0-9]{1,3}W")
                ? Duration.ofDays(7L * Integer.parseInt(text.substring(1, text.length() - 1)))
                : Duration.parse(text);
    }

    private static boolean isDay(Line line) {
        return line.value.length() == 8;
    }

    private static ZoneId zone(Line start, ZoneId otherwise) {
        return start.value.endsWith("Z")
                ? ZoneOffset.UTC
                : start.parameter("TZID").map(ZoneId::of).orElse(otherwise);
    }

    /** A time by the clock of that zone. */
    private static LocalDateTime time(Line line, ZoneId zone) {
        if (isDay(line)) {
            return LocalDate.parse(line.value, DateTimeFormatter.BASIC_ISO_DATE)
                    .atTime(LocalTime.MIDNIGHT);
        }
        boolean isUtc = line.value.endsWith("Z");
        LocalDateTime local =
                LocalDateTime.parse(
                        line.value.substring(0, line.value.length() - (isUtc ? 1 : 0)), TIME);
        ZoneId written =
                isUtc ? ZoneOffset.UTC : line.parameter("TZID").map(ZoneId::of).orElse(zone);
        return local.atZone(written).withZoneSameInstant(zone).toLocalDateTime();
    }

    private static Optional<Line> find(List<Line> lines, String name) {
        return lines.stream().filter(line -> line.name.equals(name)).findFirst();
    }
}
