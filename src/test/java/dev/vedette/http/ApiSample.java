package dev.vedette.http;

import dev.vedette.tenant.Role;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A well-formed call of one operation.
 *
 * @param method upper case
 * @param path as the API's description has it
 * @param role the lowest that may; empty: open to all
 * @param query parameters that the call needs
 * @param contentType of the body; empty without
 * @param body as sent; empty without
 * @param isStream whether the answer does not end by itself: such a call is made without rights
 *     only
 */
record ApiSample(
        String method,
        String path,
        Optional<Role> role,
        Map<String, String> query,
        String contentType,
        String body,
        boolean isStream) {

    ApiSample as(Role lowest) {
        return new ApiSample(method, path, Optional.of(lowest), query, contentType, body, isStream);
    }

    ApiSample json(String text) {
        return body("application/json", text);
    }

    ApiSample form(String text) {
        return body("application/x-www-form-urlencoded", text);
    }

    ApiSample body(String type, String text) {
        return new ApiSample(method, path, role, query, type, text, isStream);
    }

    ApiSample with(String parameter, String value) {
        Map<String, String> more = new HashMap<>(query);
        more.put(parameter, value);
        return new ApiSample(method, path, role, more, contentType, body, isStream);
    }

    ApiSample endless() {
        return new ApiSample(method, path, role, query, contentType, body, true);
    }

    boolean hasJson() {
        return contentType.equals(ContentType.JSON.toString()) || contentType.endsWith("/json");
    }

    String operation() {
        return method + " " + path;
    }

    /** Puts query and body on a request. */
    RequestSpecification on(RequestSpecification request) {
        request.queryParams(query);
        if (!contentType.isEmpty()) {
            request.header("Content-Type", contentType);
            // RestAssured takes forms as texts only, and adds a charset to other texts
            if (contentType.equals(ContentType.URLENC.toString())) {
                request.body(body);
            } else {
                request.body(body.getBytes(StandardCharsets.UTF_8));
            }
        }
        return request;
    }

    @Override
    public String toString() {
        return operation();
    }
}
