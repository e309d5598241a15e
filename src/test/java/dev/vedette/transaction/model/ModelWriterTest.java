package dev.vedette.transaction.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vedette.Seeds;
import dev.vedette.detection.engine.CorruptSnapshotException;
import dev.vedette.detection.engine.SnapshotEnvelope;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ModelWriterTest {
    private static final String OWNER = "test";

    static LongStream seeds() {
        return LongStream.of(1, 2, Seeds.explored());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void bytesAreThoseOfADataOutputStreamAndTextsAreReadAsWritten(long seed) throws IOException {
        Random random = new Random(seed);
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        DataOutputStream reference = new DataOutputStream(expected);
        ModelWriter writer = new ModelWriter();
        for (int i = 0; i < 2_000; i++) {
            write(random, writer, reference);
            assertEquals(expected.size(), writer.size());
        }
        assertArrayEquals(
                SnapshotEnvelope.seal(OWNER, ModelWriter.VERSION, expected.toByteArray()),
                writer.seal(OWNER));
    }

    private static void write(Random random, ModelWriter writer, DataOutputStream reference)
            throws IOException {
        int length = random.nextInt(1 << random.nextInt(12));
        switch (random.nextInt(7)) {
            case 0 -> {
                int value = random.nextInt();
                writer.number(value);
                reference.writeInt(value);
            }
            case 1 -> {
                long value = random.nextLong();
                writer.number(value);
                reference.writeLong(value);
            }
            case 2 -> {
                // half of them are no numbers, by any of the bits that say so
                long bits = random.nextLong() | (random.nextBoolean() ? 0x7ffL << 52 : 0);
                writer.number(Double.longBitsToDouble(bits));
                reference.writeDouble(Double.longBitsToDouble(bits));
            }
            case 3 -> {
                double[] values = random.doubles(length).toArray();
                writer.numbers(values);
                reference.writeInt(length);
                for (double value : values) {
                    reference.writeDouble(value);
                }
            }
            case 4 -> {
                int[] values = random.ints(length).toArray();
                writer.numbers(values);
                reference.writeInt(length);
                for (int value : values) {
                    reference.writeInt(value);
                }
            }
            case 5 -> {
                byte[] block = new byte[length];
                random.nextBytes(block);
                writer.block(block);
                reference.writeInt(length);
                reference.write(block);
            }
            default -> {
                String text = text(random, length);
                writer.text(text);
                reference.writeUTF(text);
                assertEquals(text, reader(new ModelWriter().text(text)).text());
            }
        }
    }

    /** Any characters, the first of each length in bytes and halves of pairs among them. */
    private static String text(Random random, int length) {
        int[] bounds = {1, 0x80, 0x800, 0x1_0000};
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            int bound = bounds[random.nextInt(bounds.length)];
            int next = random.nextInt(4) == 0 ? bound - random.nextInt(2) : random.nextInt(bound);
            text.append((char) next);
        }
        return text.toString();
    }

    private static ModelReader reader(ModelWriter written) {
        return ModelReader.open(OWNER, written.seal(OWNER));
    }

    @Test
    void namesBeyondTheBasicPlaneStayWhatTheyAre() {
        List<String> names =
                List.of("caf\u00e9 \ud83c\udf7a", "caf\u00e9 \ud83c\udf77", "\u6771\u4eac");
        ModelWriter writer = new ModelWriter();
        names.forEach(writer::text);
        ModelReader reader = reader(writer);
        List<String> read = new ArrayList<>();
        while (reader.hasMore()) {
            read.add(reader.text());
        }
        assertEquals(names, read);
    }

    @Test
    void tooLongATextIsRefusedAndNothingOfItWritten() {
        String longest = "\u20ac".repeat(0xffff / 3);
        ModelWriter writer = new ModelWriter().text(longest);
        UncheckedIOException refused =
                assertThrows(UncheckedIOException.class, () -> writer.text(longest + "x"));
        assertInstanceOf(UTFDataFormatException.class, refused.getCause());
        ModelReader reader = reader(writer);
        assertEquals(longest, reader.text());
        reader.end();
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        byte[] noText = {0, 1, (byte) 0xff};
        ModelReader reader =
                ModelReader.open(OWNER, SnapshotEnvelope.seal(OWNER, ModelWriter.VERSION, noText));
        assertThrows(CorruptSnapshotException.class, reader::text);
        byte[] cutOff = {0, 2, 'a'};
        ModelReader shorter =
                ModelReader.open(OWNER, SnapshotEnvelope.seal(OWNER, ModelWriter.VERSION, cutOff));
        assertThrows(CorruptSnapshotException.class, shorter::text);
    }
}
