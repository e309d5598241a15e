package dev.vedette.detection.external;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.vedette.detection.engine.ExternalModel.Scores;
import dev.vedette.detection.engine.ExternalModelException;
import dev.vedette.detection.engine.ExternalModelException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;

/** Bodies of the external engines' protocol, version {@value #VERSION}. */
final class ExternalProtocol {
    static final int VERSION = 1;

    /** Most bytes of state a server may hand back for a series. */
    static final int MOST_STATE_BYTES = 65_536;

    private static final byte[] NO_STATE = {};
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
    private static final JsonFactory FACTORY = JSON.getFactory();

    private ExternalProtocol() {}

    /** The body of {@code POST /v1/detect}. */
    static byte[] detect(long[] epochMillis, double[] values) {
        return body(NO_STATE, epochMillis, values);
    }

    /** The body of {@code POST /v1/update}. */
    static byte[] update(byte[] state, long[] epochMillis, double[] values) {
        return body(state, epochMillis, values);
    }

    private static byte[] body(byte[] state, long[] epochMillis, double[] values) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(32 * values.length + 64);
        try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeNumberField("protocol", VERSION);
            if (state.length > 0) {
                out.writeStringField("state", Base64.getEncoder().encodeToString(state));
            }
            out.writeFieldName("times");
            out.writeArray(epochMillis, 0, epochMillis.length);
            out.writeArrayFieldStart("values");
            for (double value : values) {
                if (Double.isFinite(value)) {
                    out.writeNumber(value);
                } else {
                    out.writeNull();
                }
            }
            out.writeEndArray();
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return bytes.toByteArray();
    }

    /**
     * What an answer says.
     *
     * @param points how many points were asked for
     * @throws ExternalModelException when it is not of the protocol
     */
    static Scores answer(byte[] body, int points) {
        try {
            JsonNode answer = JSON.readTree(body);
            require(answer.path("protocol").asInt() == VERSION, "is not of protocol version 1");
            return new Scores(sigmas(answer.path("scores"), points), state(answer.path("state")));
        } catch (IOException | IllegalArgumentException e) {
            throw new ExternalModelException(
                    Reason.INVALID_ANSWER, "the answer is no JSON of the protocol");
        }
    }

    private static double[] sigmas(JsonNode scores, int points) {
        require(
                scores.isArray() && scores.size() == points,
                "must have " + points + " scores, has " + scores.size());
        double[] sigmas = new double[points];
        for (int i = 0; i < points; i++) {
            JsonNode one = scores.get(i);
            require(one.isNull() || one.isNumber(), "has a score that is neither number nor null");
            sigmas[i] = one.isNull() ? Double.NaN : one.doubleValue();
            require(!Double.isInfinite(sigmas[i]), "has a score beyond all bounds");
        }
        return sigmas;
    }

    private static byte[] state(JsonNode state) {
        if (state.isMissingNode() || state.isNull()) {
            return NO_STATE;
        }
        byte[] bytes = Base64.getDecoder().decode(state.asText());
        require(
                bytes.length <= MOST_STATE_BYTES,
                "has a state of " + bytes.length + " bytes, at most " + MOST_STATE_BYTES);
        return bytes;
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new ExternalModelException(Reason.INVALID_ANSWER, "the answer " + what);
        }
    }
}
