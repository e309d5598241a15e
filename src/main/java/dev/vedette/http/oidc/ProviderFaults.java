package dev.vedette.http.oidc;

import dev.vedette.http.RefusedClaimsException;
import io.quarkus.oidc.OIDCException;
import io.quarkus.oidc.common.runtime.OidcEndpointAccessException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jose4j.jwt.consumer.ErrorCodeValidator;
import org.jose4j.jwt.consumer.InvalidJwtException;

/**
 * What went wrong between the service and the provider. Messages of the libraries hold whole
 * tokens, so only kinds of faults are told.
 */
public final class ProviderFaults {
    private static final int SERVER_ERROR = 500;

    private ProviderFaults() {}

    /** Whether the provider did not answer, or not as one that works. */
    public static boolean isDown(Throwable fault) {
        return causes(fault)
                .anyMatch(cause ->
                        switch (cause) {
                            case OidcEndpointAccessException access ->
                                    access.getErrorStatus() >= SERVER_ERROR;
                            case OIDCException failed -> !saysWhy(failed);
                            case IOException _, TimeoutException _ -> true;
                            default -> false;
                        });
    }

    // RFC 6749, section 5.2: a provider that works and refuses says so in its body
    private static boolean saysWhy(OIDCException failed) {
        return String.valueOf(failed.getMessage()).contains("\"error\"");
    }

    /** The kinds of the fault and its causes, fit for a log: never a token or a claim. */
    public static String words(Throwable fault) {
        return causes(fault).map(ProviderFaults::kind).toList().toString();
    }

    private static String kind(Throwable cause) {
        String name = cause.getClass().getSimpleName();
        if (cause instanceof InvalidJwtException invalid) {
            // numbers of org.jose4j.jwt.consumer.ErrorCodes, such as 1 for an expired token
            List<Integer> codes =
                    invalid.getErrorDetails().stream()
                            .map(ErrorCodeValidator.Error::getErrorCode)
                            .toList();
            return name + codes;
        }
        if (cause instanceof RefusedClaimsException refused) {
            return String.valueOf(refused.getMessage()); // names claims, not what is in them
        }
        return name;
    }

    private static Stream<Throwable> causes(Throwable fault) {
        return Stream.<Throwable>iterate(fault, cause -> cause != null, Throwable::getCause)
                .limit(10);
    }
}
