/**
 * What runs when. Features offer {@link dev.vedette.scheduling.PeriodicJob} beans; this package
 * runs each on a virtual thread at its interval, in the processes whose role it belongs to, and
 * knows nothing else of them. First class to read: {@link dev.vedette.scheduling.PeriodicJob}.
 */
@NullMarked
package dev.vedette.scheduling;

import org.jspecify.annotations.NullMarked;
