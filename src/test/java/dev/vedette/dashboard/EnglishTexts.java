package dev.vedette.dashboard;

import static java.util.function.Predicate.not;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the bundles say in English and not in German, found again in what a page shows. */
final class EnglishTexts {
    /** The bundle of what pages share with messages and the API. */
    static final String EXPLANATIONS = "../../src/main/resources/messages/Explanations";

    /** Beginnings of its keys that are sent to people or stored as the titles of incidents. */
    static final Set<String> STORED =
            Set.of(
                    "alert.",
                    "incident.on",
                    "incident.more",
                    "incident.and",
                    "incident.nodes.",
                    "incident.payments.");

    /** Every text that a page shows or has read out, but for code, names of the API and English. */
    static final String SHOWN =
            """
            () => {
                const kept = (one) => !one.closest("script, style, pre, code, kbd, body [lang=en], [translate=no]");
                const found = [document.title];
                const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
                while (walk.nextNode()) {
                    if (kept(walk.currentNode.parentElement)) found.push(walk.currentNode.data);
                }
                for (const one of document.querySelectorAll("[title], [aria-label], [placeholder], [alt]")) {
                    for (const name of ["title", "aria-label", "placeholder", "alt"]) {
                        if (kept(one) && one.hasAttribute(name)) found.push(one.getAttribute(name));
                    }
                }
                return found.map((text) => text.replace(/\\s+/g, " ").trim()).filter((text) => text);
            }\
            """;

    // Around the places of a pattern, the options of a choice, and markup.
    private static final Pattern BETWEEN =
            Pattern.compile("\\{\\w+(?:,choice,)?|\\|?\\b\\d+[#<](?!/)|[{}|]|<[^>]*>");

    private static final Pattern SENTENCE = Pattern.compile("\\p{Ll}{2} \\p{L}{2}");

    private final Set<String> whole;
    private final Set<String> parts;

    EnglishTexts() {
        List<String> english = texts("en", "", STORED);
        List<String> german = texts("de", "_de", Set.of());
        String allGerman = String.join("\n", german);
        this.whole = new HashSet<>(english);
        whole.removeAll(german);
        whole.removeIf(text -> text.indexOf('{') >= 0);
        this.parts =
                english.stream()
                        .flatMap(text -> Stream.of(BETWEEN.split(text, -1)))
                        .map(String::strip)
                        .filter(part -> SENTENCE.matcher(part).find())
                        .filter(not(allGerman::contains))
                        .collect(Collectors.toSet());
    }

    private static List<String> texts(String tag, String ending, Set<String> without) {
        List<Properties> bundles = new ArrayList<>();
        Messages.INTERFACES.forEach(bundle -> bundles.add(new Messages(bundle, tag).texts()));
        bundles.add(Messages.read("Pages" + ending));
        bundles.add(Messages.read(EXPLANATIONS + ending));
        return bundles.stream()
                .flatMap(texts ->
                        texts.stringPropertyNames().stream()
                                .filter(key -> without.stream().noneMatch(key::startsWith))
                                .map(texts::getProperty))
                .map(text -> text.replace("''", "'"))
                .toList();
    }

    /** Those of the texts of a page that are English. */
    List<String> in(Collection<?> shown) {
        return shown.stream()
                .map(String::valueOf)
                .filter(text -> whole.contains(text) || parts.stream().anyMatch(text::contains))
                .distinct()
                .toList();
    }
}
