package dev.vedette.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+1+cmd|' /C calc'!A0",
                "-2+3",
                "@SUM(A1)",
                "\t=1",
                "\r=1",
                "\n=1",
                "=HYPERLINK(\"http://x\",\"y\")"
            })
    void textThatASpreadsheetWouldRunIsShownAsText(String formula) {
        String row =
                new Csv("name").row(List.of(formula)).toString().substring("name\r\n".length());
        assertEquals('\'', row.charAt(row.startsWith("\"") ? 1 : 0), row);
    }

    @Test
    void numbersStayNumbersAndWhatIsUnknownIsEmpty() {
        assertEquals(
                "a,b,c\r\n-1.5,,-3\r\n",
                new Csv("a", "b", "c").row(List.of(-1.5, Double.NaN, -3L)).toString());
    }

    @Test
    void commasQuotesAndLinesStayInTheirCell() {
        assertEquals(
                "a\r\n\"x,y\"\r\n\"say \"\"no\"\"\"\r\n\"two\nlines\"\r\n",
                new Csv("a")
                        .row(List.of("x,y"))
                        .row(List.of("say \"no\""))
                        .row(List.of("two\nlines"))
                        .toString());
    }
}
