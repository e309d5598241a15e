/**
 * The command tree: every way to run the service or one of its tools. First class to read: {@link
 * dev.vedette.cli.Vedette}.
 */
@NullMarked
package dev.vedette.cli;

import org.jspecify.annotations.NullMarked;
