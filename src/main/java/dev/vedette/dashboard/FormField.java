package dev.vedette.dashboard;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A field of a form with what stands in it and what is wrong with it.
 *
 * @param kind how it is drawn
 * @param name under which it is sent
 * @param label what it asks
 * @param hint a line below it; may be empty
 * @param value its text; of a switch {@code on} or empty
 * @param choices what can be chosen
 * @param problem why it was refused; may be empty
 */
public record FormField(
        Kind kind,
        String name,
        String label,
        String hint,
        String value,
        List<Choice> choices,
        String problem) {
    /** How a field is drawn. */
    public enum Kind {
        /** One line. */
        TEXT,
        /** One line that goes with the form and cannot be changed. */
        FIXED,
        /** Several lines. */
        LINES,
        /** One line that is not shown, and not told. */
        SECRET,
        /** One of some, or as usual. */
        CHOICE,
        /** One of some, always. */
        ONE_OF,
        /** Any of some. */
        SEVERAL,
        /** Yes or no. */
        SWITCH
    }

    /**
     * Something that can be chosen.
     *
     * @param value as it is sent
     * @param label as it is shown; the value itself where that is a name of the API
     */
    public record Choice(String value, String label, boolean isChosen) {
        /** Whether it is a name that is the same in every language. */
        public boolean isName() {
            return value.equals(label);
        }
    }

    /** One line. */
    static FormField text(String name, String label, String value) {
        return plain(Kind.TEXT, name, label, value);
    }

    /** What goes with the form as it is. */
    static FormField fixed(String name, String label, String value) {
        return plain(Kind.FIXED, name, label, value);
    }

    /** Several lines. */
    static FormField lines(String name, String label, String value) {
        return plain(Kind.LINES, name, label, value);
    }

    /** A secret: it goes in and never comes out. */
    static FormField secret(String name, String label) {
        return plain(Kind.SECRET, name, label, "");
    }

    /** Yes or no. */
    static FormField yesOrNo(String name, String label, boolean isOn) {
        return plain(Kind.SWITCH, name, label, isOn ? "on" : "");
    }

    /** One of these; an empty one means as usual. */
    static FormField choice(String name, String label, String value, List<String> choices) {
        return chosen(Kind.CHOICE, name, label, choices, Set.of(value));
    }

    /** One of these. */
    static FormField oneOf(String name, String label, String value, List<String> choices) {
        return chosen(Kind.ONE_OF, name, label, choices, Set.of(value));
    }

    /** Any of these. */
    static FormField several(
            String name, String label, Collection<String> values, List<String> choices) {
        return chosen(Kind.SEVERAL, name, label, choices, values);
    }

    private static FormField plain(Kind kind, String name, String label, String value) {
        return new FormField(kind, name, label, "", value, List.of(), "");
    }

    private static FormField chosen(
            Kind kind, String name, String label, List<String> all, Collection<String> values) {
        List<Choice> choices =
                all.stream().map(one -> new Choice(one, one, values.contains(one))).toList();
        return new FormField(kind, name, label, "", "", choices, "");
    }

    /** The same with a line below it. */
    FormField hint(String line) {
        return new FormField(kind, name, label, line, value, choices, problem);
    }

    /** The same with its choices called otherwise. */
    FormField called(UnaryOperator<String> labels) {
        return new FormField(
                kind,
                name,
                label,
                hint,
                value,
                choices.stream()
                        .map(one ->
                                new Choice(one.value(), labels.apply(one.value()), one.isChosen()))
                        .toList(),
                problem);
    }

    /** The same, refused. */
    FormField wrong(String why) {
        return new FormField(kind, name, label, hint, value, choices, why);
    }
}
