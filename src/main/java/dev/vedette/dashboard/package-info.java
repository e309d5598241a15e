/**
 * The pages people look at: Qute templates over the features' query services, with charts drawn as
 * SVG on the server. May import every feature, never the database. Geometry is fluid: horizontal
 * places are percentages, so one drawing serves a phone and a desk. Read {@link
 * dev.vedette.dashboard.OverviewPage} first.
 */
@NullMarked
package dev.vedette.dashboard;

import org.jspecify.annotations.NullMarked;
