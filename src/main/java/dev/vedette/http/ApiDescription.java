package dev.vedette.http;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.math.BigDecimal;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/**
 * What the API's description says of every operation: its credentials, that each refusal is a
 * problem, and, of those that take a body, that a sender may be told to wait ({@link BodyLimit}).
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class ApiDescription implements OASFilter {
    /** Names the schema of a column: numbers, null where there is none. */
    public static final String NUMBERS = "Numbers";

    private static final String TOKEN = "token";
    private static final String API_KEY = "api_key";
    private static final String[] REFUSALS = {"400", "401", "403", "404", "default"};
    private static final String TOO_MANY = "429";
    private static final String RETRY_AFTER = "Retry-After";

    /** Needed by the generator of the description. */
    public ApiDescription() {}

    @Override
    public void filterOpenAPI(OpenAPI api) {
        Components components =
                api.getComponents() == null ? OASFactory.createComponents() : api.getComponents();
        components.addSecurityScheme(
                TOKEN,
                OASFactory.createSecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .bearerFormat("JWT")
                        .description(
                                "A signed token with the claims tenant and groups, or an API key"
                                        + " (vdt_…)"));
        components.addSecurityScheme(
                API_KEY,
                OASFactory.createSecurityScheme()
                        .type(SecurityScheme.Type.APIKEY)
                        .in(SecurityScheme.In.HEADER)
                        .name(CredentialMechanism.API_KEY_HEADER)
                        .description("An API key (vdt_…)"));
        components.addResponse("Problem", problem());
        components.addResponse("TooManyRequests", tooMany(problem().getContent()));
        components.addHeader(RETRY_AFTER, retryAfter());
        components.addSchema(NUMBERS, numbers());
        components.addParameter("IdempotencyKey", idempotencyKey());
        api.setComponents(components);
    }

    @Override
    public Operation filterOperation(Operation operation) {
        APIResponses responses =
                operation.getResponses() == null
                        ? OASFactory.createAPIResponses()
                        : operation.getResponses();
        // who refuses in a form of his own says so of the default, which then holds for 400, too
        boolean hasOwn =
                responses.getDefaultValue() != null && !isBare(responses.getDefaultValue());
        for (String status : REFUSALS) {
            if (hasOwn && status.equals("400")) {
                continue;
            }
            if (!responses.hasAPIResponse(status) || isBare(responses.getAPIResponse(status))) {
                responses.addAPIResponse(status, OASFactory.createAPIResponse().ref("Problem"));
            }
        }
        if (operation.getRequestBody() != null) {
            responses.addAPIResponse(
                    TOO_MANY,
                    hasOwn
                            ? tooMany(responses.getDefaultValue().getContent())
                            : OASFactory.createAPIResponse().ref("TooManyRequests"));
        }
        operation.setResponses(responses);
        return operation;
    }

    private static APIResponse tooMany(Content content) {
        return OASFactory.createAPIResponse()
                .description("More than a limit allows; nothing was done, a retry helps")
                .addHeader(RETRY_AFTER, OASFactory.createHeader().ref(RETRY_AFTER))
                .content(content);
    }

    private static Header retryAfter() {
        return OASFactory.createHeader()
                .description("Seconds after which to try again")
                .schema(
                        OASFactory.createSchema()
                                .addType(Schema.SchemaType.INTEGER)
                                .minimum(BigDecimal.ONE));
    }

    private static Parameter idempotencyKey() {
        return OASFactory.createParameter()
                .name(Idempotency.HEADER)
                .in(Parameter.In.HEADER)
                .description(
                        "Sent again with the same key and request within 24 hours, the call makes"
                                + " nothing and is answered as the first time, with "
                                + Idempotency.REPLAYED
                                + ": true. 1 to 255 visible ASCII characters, such as a UUID.")
                .schema(OASFactory.createSchema().addType(Schema.SchemaType.STRING).maxLength(255));
    }

    // what the generator adds for @RolesAllowed: a text and no content
    private static boolean isBare(APIResponse response) {
        return response.getRef() == null && response.getContent() == null;
    }

    // no annotation says it: elements that may be null
    private static Schema numbers() {
        return OASFactory.createSchema()
                .addType(Schema.SchemaType.ARRAY)
                .items(
                        OASFactory.createSchema()
                                .addType(Schema.SchemaType.NUMBER)
                                .addType(Schema.SchemaType.NULL)
                                .format("double"));
    }

    private static APIResponse problem() {
        Content content =
                OASFactory.createContent()
                        .addMediaType(
                                Problem.MEDIA_TYPE,
                                OASFactory.createMediaType()
                                        .schema(
                                                OASFactory.createSchema()
                                                        .ref("#/components/schemas/Problem")));
        return OASFactory.createAPIResponse()
                .description("Refused; the body says why and what to do")
                .content(content);
    }
}
