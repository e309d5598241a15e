/**
 * What an anomaly is, said in plain words: its label and kind, the sentence, the evidence. Pure: no
 * framework, no SQL, no clock. Imports {@code series}, {@code detection} and the JDK. Every word
 * comes from the message bundle {@code messages/Explanations}. First class to read: {@link
 * dev.vedette.explanation.Explainer}.
 */
@NullMarked
package dev.vedette.explanation;

import org.jspecify.annotations.NullMarked;
