package dev.vedette.dashboard;

import java.util.List;

/**
 * Makes the fields of a form from what was sent, in the reader's language. What a field asks is the
 * text {@code form.<form>.<field>}, and the line below it {@code form.<form>.<field>.hint} if there
 * is one; rows of the same fields share theirs.
 *
 * @param sent what stands in the fields
 * @param form which form
 */
record FieldMaker(Sent sent, String form) {
    /** What the form is called. */
    String title() {
        return sent.language().say("form." + form);
    }

    /** A text of the form, such as the title of some of its fields. */
    String words(String name, Object... arguments) {
        return sent.language().say(key(name), arguments);
    }

    private String key(String name) {
        return "form." + form + "." + name.replaceAll("\\.[0-9]+\\.", ".");
    }

    /** One line. */
    FormField text(String name) {
        return hinted(FormField.text(name, words(name), sent.text(name)));
    }

    /** The name, which stays once it is given. */
    FormField name(boolean isNew) {
        return isNew ? text("name") : fixed("name");
    }

    /** What goes with the form as it is. */
    FormField fixed(String name) {
        return hinted(FormField.fixed(name, words(name), sent.text(name)));
    }

    /** Several lines. */
    FormField lines(String name) {
        return hinted(FormField.lines(name, words(name), sent.text(name)));
    }

    /** A secret. */
    FormField secret(String name) {
        return hinted(FormField.secret(name, words(name)));
    }

    /** Yes or no. */
    FormField yesOrNo(String name) {
        return hinted(FormField.yesOrNo(name, words(name), sent.isOn(name)));
    }

    /** One of these; an empty one means as usual. */
    FormField choice(String name, List<String> choices) {
        return hinted(FormField.choice(name, words(name), sent.text(name), choices));
    }

    /** One of these. */
    FormField oneOf(String name, List<String> choices) {
        return hinted(FormField.oneOf(name, words(name), sent.text(name), choices));
    }

    /** Any of these. */
    FormField several(String name, List<String> choices) {
        return hinted(FormField.several(name, words(name), sent.several(name), choices));
    }

    private FormField hinted(FormField field) {
        String hint = key(field.name()) + ".hint";
        return sent.language().has(hint) ? field.hint(sent.language().say(hint)) : field;
    }
}
