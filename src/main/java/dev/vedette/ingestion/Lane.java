package dev.vedette.ingestion;

/**
 * One writer's own number line in the detection log. A lane has at most one transaction in flight,
 * so its rows become visible in the order of their numbers and no reader's watermark can step over
 * one. After an unknown outcome a lane is never used again.
 *
 * @param id unique over all processes and time
 */
public record Lane(long id) {}
