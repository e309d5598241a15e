/**
 * Past ranges judged again, by the code that judges live: asked for by people, or because points
 * came late. Read {@link dev.vedette.detection.backfill.BackfillRun} first.
 */
@NullMarked
package dev.vedette.detection.backfill;

import org.jspecify.annotations.NullMarked;
