/**
 * Detection over files: scoring a CSV, running labelled sets. Reads and writes CSV, plain or
 * gzipped, through the very evaluators of live detection; labels are never read. Imports {@code
 * series}, {@code detection.engine}, {@code transaction} and the JDK; prints nothing. First class
 * to read: {@link dev.vedette.evaluation.FileScoring}.
 */
@NullMarked
package dev.vedette.evaluation;

import org.jspecify.annotations.NullMarked;
