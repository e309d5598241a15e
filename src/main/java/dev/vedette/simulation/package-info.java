/**
 * Labelled data out of a seed: baseline patterns, injected anomalies, a fleet of nodes with
 * incidents that spread. Every value is a pure function of seed, series and time, so any stretch
 * can be generated on demand, in any order, and always comes out the same, bit by bit, on every
 * machine. Imports {@code series} and the JDK only; reads no clock. First classes to read: {@link
 * dev.vedette.simulation.Fleet} and {@link dev.vedette.simulation.LabelledSet}.
 */
@NullMarked
package dev.vedette.simulation;

import org.jspecify.annotations.NullMarked;
