package dev.vedette.dashboard;

import dev.vedette.http.Problem;
import dev.vedette.http.ProblemException;
import dev.vedette.http.ProblemKind;
import java.util.List;
import java.util.function.Function;

/**
 * A form that makes, changes or deletes something that has a name and a revision.
 *
 * @param title above it
 * @param action where it is sent
 * @param seen the revision it was filled from; empty when it makes something new
 * @param groups its fields
 * @param problem why it was refused, when no field is to blame; may be empty
 * @param forbidden which role it takes, when the reader has not got it; may be empty
 */
public record SettingForm(
        String title,
        String action,
        String seen,
        List<Group> groups,
        String problem,
        String forbidden) {
    /** Fields that belong together, under a title that may be empty. */
    public record Group(String title, List<FormField> fields) {
        /** Those under a title. */
        static Group of(String title, FormField... fields) {
            return new Group(title, List.of(fields));
        }
    }

    /** One that makes something, or changes what has no revision. */
    static SettingForm of(String title, String action, Group... groups) {
        return new SettingForm(title, action, "", List.of(groups), "", "");
    }

    /** Whether it makes something new. */
    public boolean isNew() {
        return seen.isEmpty();
    }

    /**
     * The same with what was refused said at its fields, and the rest above them.
     *
     * @param fieldOf the name of the field that a pointer is about; of one that is not there, the
     *     problem stands above the form
     * @param language in which the page says what it says itself
     */
    SettingForm refused(
            ProblemException refusal, Function<String, String> fieldOf, Language language) {
        SettingForm form = this;
        boolean isSaid = false;
        for (Problem.Violation violation : refusal.errors()) {
            SettingForm said =
                    form.wrong(fieldOf.apply(violation.pointer()), Words.refusal(violation));
            isSaid |= !said.equals(form);
            form = said;
        }
        return isSaid ? form : form.withProblem(words(refusal, language));
    }

    private static String words(ProblemException refusal, Language language) {
        return refusal.kind() == ProblemKind.PRECONDITION_FAILED
                ? language.say("form.changedMeanwhile")
                : Words.refusal(refusal);
    }

    private SettingForm wrong(String name, String why) {
        return withGroups(
                groups.stream()
                        .map(group ->
                                new Group(
                                        group.title(),
                                        group.fields().stream()
                                                .map(field ->
                                                        field.name().equals(name)
                                                                ? field.wrong(why)
                                                                : field)
                                                .toList()))
                        .toList());
    }

    private SettingForm withGroups(List<Group> others) {
        return new SettingForm(title, action, seen, others, problem, forbidden);
    }

    private SettingForm withProblem(String why) {
        return new SettingForm(title, action, seen, groups, why, forbidden);
    }
}
