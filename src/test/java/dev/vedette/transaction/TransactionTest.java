package dev.vedette.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class TransactionTest {
    @Test
    void fieldsAndAttributesAreFoundByName() {
        Transaction payment = payment(5, Map.of("card", new AttributeValue.Text("c1")));
        assertEquals(Optional.of("a1"), payment.text("account"));
        assertEquals(Optional.of("c1"), payment.text("card"));
        assertEquals(Optional.empty(), payment.text("merchant"));
        assertEquals(Optional.empty(), payment.text("device"));
    }

    @Test
    void wholeNumbersNameAnEntityWithoutAPoint() {
        assertEquals("17", new AttributeValue.Numeric(17).text());
        assertEquals("0.5", new AttributeValue.Numeric(0.5).text());
    }

    @Test
    void negativeAndUnknownAmountsAreRefused() {
        for (double amount : new double[] {-0.01, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(IllegalArgumentException.class, () -> payment(amount, Map.of()));
        }
    }

    @Test
    void textThatNoDatabaseHoldsIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new AttributeValue.Text("a\0b"));
        assertThrows(
                IllegalArgumentException.class,
                () -> Attributes.of(Map.of("a\0", new AttributeValue.Flag(true))));
    }

    @Test
    void attributesAreBoundedAndTheirOwnCopy() {
        Map<String, AttributeValue> many = new TreeMap<>();
        for (int i = 0; i <= Attributes.MOST; i++) {
            many.put("a" + i, new AttributeValue.Flag(true));
        }
        assertThrows(IllegalArgumentException.class, () -> Attributes.of(many));
        many.remove("a0");
        Attributes attributes = Attributes.of(many);
        many.clear();
        assertEquals(Attributes.MOST, attributes.values().size());
        assertThrows(
                IllegalArgumentException.class,
                () -> Attributes.of(Map.of("", new AttributeValue.Flag(true))));
        assertThrows(
                IllegalArgumentException.class,
                () -> new AttributeValue.Text("x".repeat(AttributeValue.Text.MOST_CHARACTERS + 1)));
    }

    private static Transaction payment(double amount, Map<String, AttributeValue> attributes) {
        return new Transaction(
                "t1",
                "a1",
                Instant.EPOCH,
                amount,
                "EUR",
                null,
                null,
                null,
                Attributes.of(attributes));
    }
}
