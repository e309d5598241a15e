package dev.vedette.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The service's own RSA key pair: signs the tokens of {@code vedette token} and of sign-in, and is
 * the root of the key that signs cursors. RSA because a token is verified far more often than
 * signed, and verifying costs some 30 µs against 300 µs with P-256.
 *
 * @param privateKey signs; never leaves the process
 * @param publicKey verifies
 */
public record SigningKeys(RSAPrivateCrtKey privateKey, RSAPublicKey publicKey) {
    private static final String FILE = "signing-key.pem";
    private static final String MAC = "HmacSHA256";
    private static final int BITS = 2048;
    private static final Base64.Encoder PEM = Base64.getMimeEncoder(64, new byte[] {'\n'});

    /**
     * The keys in that folder; made when there are none. Needs no running application. Two
     * processes that do this at once end with the same keys.
     *
     * @param dataDir made when missing; the key file in it is readable by its owner only
     * @throws UncheckedIOException when the folder cannot be read or written
     * @throws IllegalStateException when the file there holds no RSA key
     */
    public static SigningKeys ensure(Path dataDir) {
        Path file = dataDir.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                create(dataDir, file);
            }
            return ofPem(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A secret of 32 bytes for another purpose: replicas with the same keys have the same.
     *
     * @param purpose distinct for each use
     */
    public byte[] derived(String purpose) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(privateKey.getEncoded(), MAC));
            return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + MAC, e);
        }
    }

    /** Whether {@link #ensure} would find keys in that folder rather than make them. */
    public static boolean existIn(Path dataDir) {
        return Files.exists(dataDir.resolve(FILE));
    }

    /**
     * The keys of a private key in PKCS#8 PEM form.
     *
     * @throws IllegalStateException when the text is no RSA private key; the text is not in the
     *     message
     */
    public static SigningKeys ofPem(String pem) {
        String body = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        try {
            KeyFactory rsa = KeyFactory.getInstance("RSA");
            byte[] encoded = Base64.getDecoder().decode(body);
            if (rsa.generatePrivate(new PKCS8EncodedKeySpec(encoded))
                    instanceof RSAPrivateCrtKey key) {
                var half = new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent());
                return new SigningKeys(key, (RSAPublicKey) rsa.generatePublic(half));
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException("the signing key is not an RSA key in PKCS#8 PEM", e);
        }
        throw new IllegalStateException("the signing key holds no public exponent");
    }

    /** Says nothing of the private key. */
    @Override
    public String toString() {
        return "SigningKeys[" + publicKey.getModulus().bitLength() + " bits]";
    }

    private static void create(Path dataDir, Path file) throws IOException {
        Files.createDirectories(dataDir);
        Path draft = createPrivate(dataDir);
        try {
            Files.writeString(draft, pem(generate()), StandardCharsets.US_ASCII);
            try {
                // a link is atomic and fails when another process was first
                Files.createLink(file, draft);
            } catch (FileAlreadyExistsException e) {
                return;
            } catch (UnsupportedOperationException | IOException e) {
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            }
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static Path createPrivate(Path dataDir) throws IOException {
        boolean posix = Files.getFileStore(dataDir).supportsFileAttributeView("posix");
        return posix
                ? Files.createTempFile(
                        dataDir,
                        "key",
                        ".new",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")))
                : Files.createTempFile(dataDir, "key", ".new");
    }

    private static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK cannot make RSA keys", e);
        }
    }

    private static String pem(KeyPair pair) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + PEM.encodeToString(pair.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }
}
