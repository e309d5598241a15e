package dev.vedette.alerting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalendarFileTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void eventsAreReadWithTheirRecurrenceZoneAndExceptions() {
        String text =
                """
                BEGIN:VCALENDAR
                VERSION:2.0
                BEGIN:VTIMEZONE
                TZID:America/New_York
                BEGIN:STANDARD
                DTSTART:20071104T020000
                END:STANDARD
                END:VTIMEZONE
                BEGIN:VEVENT
                SUMMARY:Patch night\\, all
                  regions
                DTSTART;TZID="America/New_York":20261103T220000
                DTEND;TZID=America/New_York:20261104T000000
                RRULE:FREQ=WEEKLY;BYDAY=TU
                EXDATE;TZID=America/New_York:20261110T220000,20261117T220000
                BEGIN:VALARM
                DTSTART:20000101T000000
                END:VALARM
                END:VEVENT
                BEGIN:VEVENT
                SUMMARY:Christmas
                DTSTART;VALUE=DATE:20261225
                END:VEVENT
                BEGIN:VEVENT
                DTSTART:20261201T100000Z
                DURATION:PT90M
                END:VEVENT
                END:VCALENDAR
                """;
        List<CalendarFile.Event> events = CalendarFile.read(text, BERLIN);
        assertEquals(3, events.size());
        Schedule first = events.getFirst().schedule();
        assertEquals("Patch night, all regions", events.getFirst().summary());
        assertEquals(ZoneId.of("America/New_York"), first.zone());
        assertEquals(Duration.ofHours(2), first.length());
        assertEquals(Optional.of("FREQ=WEEKLY;BYDAY=TU"), first.rule());
        assertEquals(
                Set.of(
                        LocalDateTime.parse("2026-11-10T22:00"),
                        LocalDateTime.parse("2026-11-17T22:00")),
                first.except());
        assertEquals(
                Schedule.once(BERLIN, LocalDateTime.parse("2026-12-25T00:00"), Duration.ofDays(1)),
                events.get(1).schedule());
        assertEquals(
                Schedule.once(
                        ZoneOffset.UTC,
                        LocalDateTime.parse("2026-12-01T10:00"),
                        Duration.ofMinutes(90)),
                events.get(2).schedule());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261201T100000Z",
                "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT\nEND:VCALENDAR",
                "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:tomorrow\nEND:VEVENT\nEND:VCALENDAR",
                "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;TZID=Mars/One:20261201T100000\nEND:VEVENT\nEND:VCALENDAR",
                "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261201T100000Z\nRRULE:FREQ=SECONDLY\nEND:VEVENT\nEND:VCALENDAR"
            })
    void whatCannotBeReadIsRefused(String text) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> CalendarFile.read(text, BERLIN));
        assertTrue(String.valueOf(refused.getMessage()).length() > 5);
    }
}
