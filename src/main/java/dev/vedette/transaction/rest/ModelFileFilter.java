package dev.vedette.transaction.rest;

import dev.vedette.transaction.training.BroughtModels;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses a model's file that is announced as larger than one may be, before its first byte is
 * read. One whose length is not told is held to a limit of its own, and looked at once it is here.
 */
class ModelFileFilter {
    private final BroughtModels models;

    ModelFileFilter(BroughtModels models) {
        this.models = models;
    }

    @TakesModelFile
    @ServerRequestFilter
    void refuseLarge(ContainerRequestContext request) {
        models.refuseLarge(request.getLength());
    }
}
