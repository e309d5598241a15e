package dev.vedette.transaction;

/** What an attribute of a transaction may hold. */
public sealed interface AttributeValue {
    /**
     * Text.
     *
     * @param value up to {@value #MOST_CHARACTERS} characters, none of them U+0000
     */
    record Text(String value) implements AttributeValue {
        /** Longest text, in UTF-16 characters. */
        public static final int MOST_CHARACTERS = 1024;

        /**
         * Checks the text.
         *
         * @throws IllegalArgumentException when it is too long or holds U+0000
         */
        public Text {
            if (value.length() > MOST_CHARACTERS) {
                throw new IllegalArgumentException(
                        "text has "
                                + value.length()
                                + " characters, at most "
                                + MOST_CHARACTERS
                                + " are taken");
            }
            // neither PostgreSQL's text nor its jsonb can hold it
            if (value.indexOf(0) >= 0) {
                throw new IllegalArgumentException("text must not hold U+0000");
            }
        }

        @Override
        public String text() {
            return value;
        }
    }

    /**
     * A number.
     *
     * @param value finite
     */
    record Numeric(double value) implements AttributeValue {
        /**
         * Checks the number.
         *
         * @throws IllegalArgumentException when it is not finite
         */
        public Numeric {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("number must be finite, is " + value);
            }
        }

        @Override
        public String text() {
            return value == Math.rint(value) && Math.abs(value) < 1e15
                    ? Long.toString((long) value)
                    : Double.toString(value);
        }
    }

    /**
     * Yes or no.
     *
     * @param value whether it is yes
     */
    record Flag(boolean value) implements AttributeValue {
        @Override
        public String text() {
            return Boolean.toString(value);
        }
    }

    /** The value as text: what names an entity when features are kept by this attribute. */
    String text();
}
