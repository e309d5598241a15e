package dev.vedette.transaction.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vedette.Seeds;
import dev.vedette.transaction.Transaction;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TransactionReaderTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String GOOD =
            "{'transaction_id':'t','account_id':'a','amount':5,'currency':'EUR',"
                    + "'time':'2026-11-21T11:00:00.123456+01:00'}";

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    private static Transaction read(String text) throws TransactionFault {
        return new TransactionReader(TransactionSchema.OPEN, NOW).read(json(text));
    }

    @Test
    void timeIsKeptToTheMillisecond() throws TransactionFault {
        assertEquals(Instant.parse("2026-11-21T10:00:00.123Z"), read(GOOD).time());
    }

    @ParameterizedTest
    @CsvSource({"de,DE", "DEU,DE", "Germany,DE", "UK,GB", "GBR,GB", "xk,XK"})
    void countriesGetTheirOneForm(String written, String kept) throws TransactionFault {
        String item = GOOD.replace("}", ",'country':'" + written + "'}");
        assertEquals(kept, read(item).country());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'amount':5 | 'amount':-1 | /amount | amount_out_of_range",
                "'amount':5 | 'amount':'5' | /amount | wrong_type",
                "'amount':5 | 'amount':1e300 | /amount | amount_out_of_range",
                "'EUR' | 'EURO' | /currency | unknown_currency",
                "'a' | '' | /account_id | wrong_form",
                "'t' | 7 | /transaction_id | wrong_type",
                "2026-11-21T11 | 2026-11-22T11 | /time | time_out_of_range",
                "2026-11-21T11 | soon | /time | wrong_form",
                "'amount':5 | 'amount':5,'colour':1 | /colour | unknown_field",
                "'amount':5 | 'amount':5,'attributes':[1] | /attributes | wrong_type",
                "'amount':5 | 'amount':5,'attributes':{'a':{}} | /attributes/a | wrong_type"
            },
            quoteCharacter = '`')
    void faultIsToldWithPlaceAndRemedy(String good, String bad, String pointer, String code) {
        Refused why =
                assertThrows(TransactionFault.class, () -> read(GOOD.replace(good, bad))).refused();
        assertEquals(pointer, why.pointer(), why.toString());
        assertEquals(code, why.code());
        assertTrue(why.fix().endsWith("."), why.fix());
    }

    @Test
    void anythingIsReadOrRefusedButNeverFails() {
        String[] values = {
            "null",
            "7",
            "-1",
            "1e999",
            "'x'",
            "''",
            "{}",
            "[]",
            "true",
            "'\\u0000'",
            "'\\ud800'",
            "99999999999999999999",
            "'2026-11-21T11:00:00Z'",
            "'EUR'",
            "{'a':'b'}"
        };
        String[] fields = {
            "transaction_id",
            "account_id",
            "amount",
            "currency",
            "time",
            "merchant",
            "country",
            "channel",
            "attributes",
            "x"
        };
        long seed = Seeds.explored();
        Random random = new Random(seed);
        for (int i = 0; i < 5000; i++) {
            StringBuilder text = new StringBuilder("{'transaction_id':'t'");
            for (int field = 1; field < fields.length; field++) {
                if (random.nextInt(3) > 0) {
                    text.append(",'")
                            .append(fields[field])
                            .append("':")
                            .append(values[random.nextInt(values.length)]);
                }
            }
            try {
                read(text.append('}').toString());
            } catch (TransactionFault e) {
                assertTrue(!e.refused().detail().isEmpty());
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + text, e);
            }
        }
    }
}
