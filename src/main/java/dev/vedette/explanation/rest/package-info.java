/**
 * The HTTP face of explanation: says why points that are sent along are, or are not, strange. First
 * class to read: {@link dev.vedette.explanation.rest.ExplainResource}.
 */
@NullMarked
package dev.vedette.explanation.rest;

import org.jspecify.annotations.NullMarked;
