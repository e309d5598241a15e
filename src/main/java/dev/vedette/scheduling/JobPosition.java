package dev.vedette.scheduling;

import java.time.Instant;
import java.util.UUID;

/**
 * A place in a tenant's list of jobs, newest first.
 *
 * @param createdAt when the job of that place was asked for
 * @param id its id
 */
public record JobPosition(Instant createdAt, UUID id) {}
