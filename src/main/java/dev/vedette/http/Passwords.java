package dev.vedette.http;

import io.quarkus.elytron.security.common.BcryptUtil;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/**
 * Hashes and checks passwords by bcrypt (Provos and Mazières, "A Future-Adaptable Password Scheme",
 * USENIX 1999). Each call costs some 100 ms of CPU: never on the event loop.
 */
public final class Passwords {
    /** The fewest characters of a password. */
    public static final int MIN_LENGTH = 12;

    /** bcrypt reads no more than this many bytes; a longer password would be cut silently. */
    public static final int MAX_BYTES = 72;

    private static final int COST = 11;
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final SecureRandom RANDOM = new SecureRandom();

    private Passwords() {}

    /** The hash of a password, in modular crypt form, with a salt of its own. */
    public static String hash(String password) {
        return BcryptUtil.bcryptHash(password, COST);
    }

    /** Whether the hash is of that password; takes as long whether it is or not. */
    public static boolean matches(String password, String hash) {
        return password.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES
                && BcryptUtil.matches(password, hash);
    }

    /**
     * Checks that a password may be chosen.
     *
     * @param pointer where the request has it
     * @return the same password
     * @throws ProblemException {@link ProblemKind#INVALID_REQUEST} when it is too short or too
     *     long; the message does not hold it
     */
    public static String checked(String pointer, String password) {
        int bytes = password.getBytes(StandardCharsets.UTF_8).length;
        if (password.length() < MIN_LENGTH || bytes > MAX_BYTES) {
            throw ProblemException.invalid(
                    pointer,
                    "password_length",
                    "a password has "
                            + MIN_LENGTH
                            + " characters or more and "
                            + MAX_BYTES
                            + " bytes or fewer, this one has "
                            + password.length(),
                    "choose a few words");
        }
        return password;
    }

    /** A password of 20 easily read characters, some 99 random bits. */
    public static String generate() {
        StringBuilder password = new StringBuilder(23);
        for (int i = 0; i < 20; i++) {
            password.append(i > 0 && i % 5 == 0 ? "-" : "");
            password.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return password.toString();
    }
}
