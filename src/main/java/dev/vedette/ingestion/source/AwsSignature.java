package dev.vedette.ingestion.source;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs a POST to {@code /} as AWS asks (docs.aws.amazon.com, "Signature Version 4 signing process
 * for API requests"): all headers given, the body by its digest. Thread-safe.
 *
 * @param accessKey the key's id
 * @param secretKey never logged
 * @param region such as {@code eu-north-1}
 * @param service such as {@code monitoring}
 */
record AwsSignature(String accessKey, String secretKey, String region, String service) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";

    /** The time as it stands in {@code X-Amz-Date}. */
    static String time(Instant at) {
        return TIME.format(at);
    }

    /**
     * The value of {@code Authorization}.
     *
     * @param headers host and x-amz-date at least; names in lower case
     */
    String authorization(SortedMap<String, String> headers, byte[] body, Instant at) {
        String time = time(at);
        String scope = time.substring(0, 8) + "/" + region + "/" + service + "/aws4_request";
        String names = String.join(";", headers.keySet());
        String text =
                ALGORITHM + "\n" + time + "\n" + scope + "\n" + digest(request(headers, body));
        byte[] key = hmac(utf8("AWS4" + secretKey), time.substring(0, 8));
        for (String part : new String[] {region, service, "aws4_request"}) {
            key = hmac(key, part);
        }
        return ALGORITHM
                + " Credential="
                + accessKey
                + "/"
                + scope
                + ", SignedHeaders="
                + names
                + ", Signature="
                + HexFormat.of().formatHex(hmac(key, text));
    }

    private static byte[] request(SortedMap<String, String> headers, byte[] body) {
        StringBuilder request = new StringBuilder("POST\n/\n\n");
        headers.forEach((name, value) ->
                request.append(name).append(':').append(value.strip()).append('\n'));
        request.append('\n').append(String.join(";", headers.keySet()));
        return utf8(request.append('\n').append(digest(body)).toString());
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(utf8(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "AwsSignature[" + accessKey + " " + region + " " + service + "]";
    }

    /** Headers to be signed, in their order. */
    static SortedMap<String, String> headers() {
        return new TreeMap<>();
    }
}
