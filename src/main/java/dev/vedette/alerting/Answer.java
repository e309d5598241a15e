package dev.vedette.alerting;

import java.time.Duration;
import java.util.Optional;

/** What became of one try to bring a message to the other side. */
public sealed interface Answer {
    /** The code of a try that got no answer. */
    int NONE = 0;

    /** The status the other side answered with, of HTTP or SMTP; {@link #NONE} when it did not. */
    int code();

    /** What it said, or why there was no answer: at most 500 characters, without secrets. */
    String said();

    /**
     * It has the message.
     *
     * @param code its status
     * @param said its words
     * @param reference names the message there, at most 500 characters; empty when it names none
     */
    record Delivered(int code, String said, Optional<String> reference) implements Answer {}

    /**
     * It does not have it, or nobody knows; the next try may help.
     *
     * @param code its status
     * @param said its words, or what happened
     * @param after how long it asks to be left alone; empty when it did not say
     */
    record Retry(int code, String said, Optional<Duration> after) implements Answer {}

    /**
     * It does not want it: another try would not help before a person changes something.
     *
     * @param code its status
     * @param said its words, or what is wrong
     */
    record Refused(int code, String said) implements Answer {}
}
