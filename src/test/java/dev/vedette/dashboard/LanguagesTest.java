package dev.vedette.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every text of the pages is in a bundle, and every bundle speaks both languages. */
class LanguagesTest {
    private static final Path TEMPLATES = Path.of("ui/templates");
    private static final Path PAGES = Path.of("src/main/java/dev/vedette/dashboard");

    // What both languages call the same.
    private static final Set<String> SAME_WORD =
            Set.of(
                    "Admin",
                    "Backtest",
                    "Backtests",
                    "CSV",
                    "Cluster",
                    "Live",
                    "Name",
                    "PNG",
                    "Route",
                    "Score",
                    "Scores",
                    "Test",
                    "InfluxDB line protocol",
                    "JSON",
                    "Kafka",
                    "OpenTelemetry",
                    "Prometheus remote write",
                    "URL",
                    "HH:mm",
                    "HH:mm:ss",
                    "{0}, in {1}",
                    "{0} in {1}");

    // The names of the product and of universal time are no texts.
    private static final Set<String> NAMES = Set.of("Vedette", "\u00b7 Vedette", "UTC");

    private static final Pattern ATTRIBUTE =
            Pattern.compile("\\b(?:title|aria-label|placeholder|alt)=\"([^\"]*)\"");
    private static final Pattern PARAMETER = Pattern.compile("\\{#\\w[^{}]*='([^']*)'");
    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)[},]");
    private static final Pattern SAID = Pattern.compile("\\.(?:say|many)\\(\\s*\"([^\"]+)\"[,)]");
    private static final Pattern REFUSED =
            Pattern.compile("sent\\.refused\\(\\s*[^,]+,\\s*\"([^\"]+)\"");

    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\n]|\\\\.)*)\"");

    @Test
    void templatesHoldNoTextOfTheirOwn() {
        List<String> raw = new ArrayList<>();
        for (Path template : files(TEMPLATES, ".html")) {
            texts(read(template)).stream()
                    .filter(text -> text.matches("(?s).*\\p{L}{2}.*") && !NAMES.contains(text))
                    .forEach(text -> raw.add(TEMPLATES.relativize(template) + ": " + text));
        }
        assertEquals(List.of(), raw);
    }

    // Text between tags, what is read out or shown of attributes, and words given to other
    // templates.
    private static List<String> texts(String template) {
        String page = template.replaceAll("(?s)\\{!.*?!\\}", "").replaceAll("\\\\[{}]", "");
        List<String> texts = new ArrayList<>();
        PARAMETER
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .filter(text -> !text.equals("big"))
                .forEach(texts::add);
        String shown = page.replaceAll("\\{[^{}]*\\}", "\u0000");
        ATTRIBUTE.matcher(shown).results().map(found -> found.group(1)).forEach(texts::add);
        String between =
                shown.replaceAll("(?s)<(pre|code|kbd)\\b.*?</\\1>", "\u0000")
                        .replaceAll("<[^>]*>", "\u0000");
        texts.addAll(List.of(between.split("\u0000")));
        return texts.stream()
                .flatMap(text -> Stream.of(text.split("\u0000")))
                .map(String::strip)
                .toList();
    }

    @Test
    void codeHoldsNoSentence() {
        Set<String> speaking = new TreeSet<>();
        for (Path source : files(PAGES, ".java")) {
            String code =
                    read(source)
                            .replaceAll("(?s)/\\*.*?\\*/|\"\"\".*?\"\"\"", "")
                            .replaceAll("//.*", "");
            if (LITERAL.matcher(code).results().anyMatch(LanguagesTest::isSentence)) {
                speaking.add(source.getFileName().toString().replace(".java", ""));
            }
        }
        assertEquals(Set.of(), speaking);
    }

    private static boolean isSentence(MatchResult literal) {
        return !literal.group(1).equals("audit page")
                && literal.group(1).matches(".*\\p{Ll}{2} \\p{L}{2}.*");
    }

    @Test
    void bundlesOfTemplatesHaveWhatTheirInterfacesSay() {
        for (Class<?> bundle : Messages.INTERFACES) {
            Map<String, Set<String>> asked = new TreeMap<>();
            for (Method method : bundle.getDeclaredMethods()) {
                asked.put(
                        method.getName(),
                        Stream.of(method.getParameters())
                                .map(Parameter::getName)
                                .collect(Collectors.toCollection(TreeSet::new)));
            }
            assertEquals(asked, places(new Messages(bundle, "en").texts()));
            assertEquals(asked, places(new Messages(bundle, "de").texts()));
        }
    }

    @Test
    void sentencesHaveTheSameKeysAndPlacesInBothLanguages() {
        assertEquals(places(Messages.read("Pages")), places(Messages.read("Pages_de")));
    }

    @Test
    void explanationsAreWholeInGermanButForWhatIsStoredOrSent() {
        Map<String, Set<String>> english = places(Messages.read(EnglishTexts.EXPLANATIONS));
        english.keySet().removeIf(key -> EnglishTexts.STORED.stream().anyMatch(key::startsWith));
        assertEquals(english, places(Messages.read(EnglishTexts.EXPLANATIONS + "_de")));
    }

    @Test
    void nothingIsLeftInEnglish() {
        List<String> same = new ArrayList<>();
        for (Class<?> bundle : Messages.INTERFACES) {
            same.addAll(
                    same(new Messages(bundle, "en").texts(), new Messages(bundle, "de").texts()));
        }
        same.addAll(same(Messages.read("Pages"), Messages.read("Pages_de")));
        assertEquals(List.of(), same);
    }

    private static List<String> same(Properties english, Properties german) {
        return english.stringPropertyNames().stream()
                .filter(key -> english.getProperty(key).equals(german.getProperty(key)))
                .filter(key -> !SAME_WORD.contains(english.getProperty(key)))
                .filter(key ->
                        english.getProperty(key)
                                .replaceAll("\\{[^}]*\\}", "")
                                .matches(".*\\p{L}{2}.*"))
                .toList();
    }

    @Test
    void everySentenceThatIsSaidIsThereAndEveryOneThatIsThereIsSaid() {
        Set<String> said = new TreeSet<>();
        StringBuilder all = new StringBuilder();
        for (Path source : files(PAGES, ".java")) {
            String code = read(source);
            all.append(code);
            SAID.matcher(code).results().map(found -> found.group(1)).forEach(said::add);
        }
        Set<String> there = Messages.read("Pages").stringPropertyNames();
        assertEquals(
                Set.of(),
                said.stream().filter(key -> !there.contains(key)).collect(Collectors.toSet()));
        String code = all.toString();
        Set<String> unsaid = new TreeSet<>();
        for (String key : there) {
            if (!code.contains('"' + key + '"') && !isMade(code, key)) {
                unsaid.add(key);
            }
        }
        assertEquals(Set.of(), unsaid);
    }

    // Its beginning, up to a dot, is said with something after it; or something is said with its
    // end. What forms ask and refuse has its end in the code, too.
    private static boolean isMade(String code, String key) {
        if (key.matches("(form|refused)\\..*")) {
            return endings(key.replaceAll("\\.(hint|fix)$", "")).stream()
                    .anyMatch(end ->
                            code.contains('"' + end + '"') || code.contains("\"." + end + '"'));
        }
        for (int dot = key.indexOf('.'); dot >= 0; dot = key.indexOf('.', dot + 1)) {
            if (code.contains('"' + key.substring(0, dot + 1) + "\" +")
                    || code.contains('"' + key.substring(dot) + '"')) {
                return true;
            }
        }
        return false;
    }

    private static List<String> endings(String key) {
        List<String> endings = new ArrayList<>();
        for (int dot = key.indexOf('.'); dot >= 0; dot = key.indexOf('.', dot + 1)) {
            endings.add(key.substring(dot + 1));
        }
        return endings;
    }

    @Test
    void whateverIsRefusedAtAFieldIsSaidWithItsRemedy() {
        Set<String> unsaid = new TreeSet<>();
        Set<String> there = Messages.read("Pages").stringPropertyNames();
        for (Path source : files(PAGES, ".java")) {
            REFUSED.matcher(read(source))
                    .results()
                    .map(found -> "refused." + found.group(1))
                    .filter(key -> !there.contains(key) || !there.contains(key + ".fix"))
                    .forEach(unsaid::add);
        }
        assertEquals(Set.of(), unsaid);
    }

    private static Map<String, Set<String>> places(Properties texts) {
        Map<String, Set<String>> places = new TreeMap<>();
        for (String key : texts.stringPropertyNames()) {
            Set<String> found = new TreeSet<>();
            Matcher place = PLACE.matcher(texts.getProperty(key));
            while (place.find()) {
                found.add(place.group(1));
            }
            places.put(key, found);
        }
        return places;
    }

    private static List<Path> files(Path folder, String ending) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
