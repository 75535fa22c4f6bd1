/// Small learners that other parts lean on: boosted trees over binned features. Seeded, so that the
/// same rows give the same trees everywhere.
package dev.sightline.stats.learn;
