package dev.vedette.promql.rest;

import dev.vedette.promql.PromQlException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Refuses a query as Prometheus does, which is what its clients read. Refusals that are not about
 * the query stay problem details; clients show their text as it is.
 */
class PromQlRefusals {
    @ServerExceptionMapper
    Response refused(PromQlException e) {
        String text = String.valueOf(e.getMessage());
        return switch (e.reason()) {
            case BAD_DATA -> error(400, "bad_data", text);
            case EXECUTION -> error(422, "execution", text);
        };
    }

    private static Response error(int status, String type, String text) {
        return Response.status(status)
                .entity(PrometheusAnswer.error(type, text))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .build();
    }
}
