package dev.vedette.ingestion.remotewrite;

import dev.vedette.ingestion.body.ProtobufWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.xerial.snappy.Snappy;

/** Builds write requests of both versions, as a sender does. */
public final class WriteRequests {
    private WriteRequests() {}

    /** A sample. */
    public record Sample(long epochMillis, double value) {}

    /** A series with its samples. */
    public record Sent(Map<String, String> labels, List<Sample> samples) {}

    /** A message of version 1. */
    public static byte[] version1(List<Sent> series) {
        ProtobufWriter request = new ProtobufWriter();
        for (Sent one : series) {
            ProtobufWriter message = new ProtobufWriter();
            one.labels()
                    .forEach((name, value) ->
                            message.message(1, new ProtobufWriter().text(1, name).text(2, value)));
            one.samples().forEach(sample -> message.message(2, sample(sample)));
            request.message(1, message);
        }
        return request.toBytes();
    }

    /** A message of version 2, its symbols in the order of their first use. */
    public static byte[] version2(List<Sent> series, String unit) {
        List<String> symbols = new ArrayList<>(List.of(""));
        ProtobufWriter all = new ProtobufWriter();
        for (Sent one : series) {
            ProtobufWriter references = new ProtobufWriter();
            one.labels()
                    .forEach((name, value) -> {
                        references.varint(symbol(symbols, name));
                        references.varint(symbol(symbols, value));
                    });
            ProtobufWriter message = new ProtobufWriter().message(1, references);
            one.samples().forEach(sample -> message.message(2, sample(sample)));
            message.message(5, new ProtobufWriter().number(4, symbol(symbols, unit)));
            all.message(5, message);
        }
        ProtobufWriter request = new ProtobufWriter();
        symbols.forEach(symbol -> request.text(4, symbol));
        return request.raw(all.toBytes(), 0, all.size()).toBytes();
    }

    private static int symbol(List<String> symbols, String text) {
        if (!symbols.contains(text)) {
            symbols.add(text);
        }
        return symbols.indexOf(text);
    }

    private static ProtobufWriter sample(Sample sample) {
        return new ProtobufWriter().float64(1, sample.value()).number(2, sample.epochMillis());
    }

    /** The message as the body of a request. */
    public static byte[] body(byte[] message) {
        try {
            return Snappy.compress(message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
