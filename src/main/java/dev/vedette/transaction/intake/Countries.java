package dev.vedette.transaction.intake;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Countries and currencies in their one form, however they were written. */
final class Countries {
    private static final Map<String, String> BY_NAME = byName();

    private Countries() {}

    private static Map<String, String> byName() {
        Map<String, String> names = new HashMap<>();
        for (String code : Locale.getISOCountries()) {
            Locale country = Locale.of("", code);
            names.put(code, code);
            names.put(country.getISO3Country().toUpperCase(Locale.ROOT), code);
            names.put(country.getDisplayCountry(Locale.ENGLISH).toUpperCase(Locale.ROOT), code);
        }
        // in use though never assigned
        names.put("UK", "GB");
        names.put("XK", "XK");
        names.put("XKX", "XK");
        return Map.copyOf(names);
    }

    /** ISO 3166 alpha-2 of an alpha-2 or alpha-3 code or an English name, in any case. */
    static Optional<String> country(String written) {
        return Optional.ofNullable(BY_NAME.get(written.strip().toUpperCase(Locale.ROOT)));
    }

    /** ISO 4217 of a currency's code in any case. */
    static Optional<String> currency(String written) {
        String code = written.strip().toUpperCase(Locale.ROOT);
        try {
            return Optional.of(java.util.Currency.getInstance(code).getCurrencyCode());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
