/// Quality before the truth arrives: calibration, and expected counts from calibrated
/// probabilities.
package dev.sightline.stats.estimate;
